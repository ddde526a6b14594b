package dev.quarry.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers for people: a line for each row, with the place first so that terminals and editors can open it. What is
 * said about the answer goes to the error stream, so that a pipe gets rows only.
 */
final class AnswerText {
    private static final int COMMIT_DIGITS = 12;

    private final Terminal terminal;
    private final Places places;
    private final Source source;

    /** Writes the answers of a source. */
    AnswerText(Terminal terminal, Source source) {
        this.terminal = terminal;
        this.places = source.places();
        this.source = source;
    }

    /** What follows the number of rows where there are more than were asked for, or than the source gives. */
    String more(boolean truncated, int limit) {
        return more(truncated, limit, source.rowsMax());
    }

    private static String more(boolean truncated, int limit, int most) {
        if (!truncated) {
            return "";
        }
        return ", and there are more: "
                + (limit < most ? "raise --limit" : "the server gives " + ReportText.grouped(most) + " at most");
    }

    /**
     * Writes rows, each at the place where its edge is written if that is in its own file.
     *
     * @param depth how many steps away were asked for
     * @param limit how many rows were asked for
     */
    void rows(Answer.Rows answer, Source.Relationship relationship, int depth, int limit) {
        boolean ownSites = relationship == Source.Relationship.CALLERS || relationship == Source.Relationship.IMPACT;
        for (Answer.Row row : answer.rows()) {
            boolean atSite = ownSites && !row.sites().isEmpty();
            int line = atSite ? row.sites().getFirst().line() : row.symbol().line();
            String more =
                    atSite && row.sites().size() > 1 ? " (and " + (row.sites().size() - 1) + " more)" : "";
            String kind = relationship == Source.Relationship.IMPACT ? row.via().kind() : "";
            write(
                    row.symbol(),
                    line,
                    "  ".repeat(Math.max(0, row.depth() - 1)),
                    more + (kind.isEmpty() ? "" : " " + kind));
        }
        note(count(answer.rows().size(), relationship.noun()) + " of "
                + Names.shown(answer.start().symbol())
                + within(answer, depth)
                + more(answer.truncated(), limit));
        noteStanding(answer.standing());
    }

    /** Says how far was looked, where a row lies so far away that there may be more behind it. */
    private static String within(Answer.Rows answer, int depth) {
        boolean isCut = answer.rows().stream().anyMatch(row -> row.depth() >= depth);
        return isCut ? " within " + count(depth, "step") + " (--depth N follows further)" : "";
    }

    /** Writes a way, from its start to its end, each call at the place where it is written. */
    void way(Answer.Way answer) {
        if (answer.found()) {
            Map<String, Answer.Symbol> known = new HashMap<>();
            known.put(answer.from().id(), answer.from());
            write(answer.from(), answer.from().line(), "", "");
            for (Answer.Row step : answer.steps()) {
                Answer.Symbol caller = known.getOrDefault(step.via().from(), answer.from());
                known.put(step.symbol().id(), step.symbol());
                String at = step.sites().isEmpty()
                        ? ""
                        : " called at "
                                + places.plain(
                                        caller.file(), step.sites().getFirst().line());
                write(step.symbol(), step.symbol().line(), "", at);
            }
            note(count(answer.steps().size(), "step"));
        } else {
            note("no way of calls leads from " + Names.shown(answer.from().symbol()) + " to "
                    + Names.shown(answer.to().symbol()) + " within the depth");
        }
        noteStanding(answer.standing());
    }

    /** Writes hits with their score and the legs that found them. */
    void hits(Answer.Hits answer) {
        for (Answer.Hit hit : answer.hits()) {
            String legs = hit.legs().stream()
                    .filter(leg -> leg.rank() > 0)
                    .map(leg -> leg.leg() + " " + leg.rank())
                    .collect(Collectors.joining(", "));
            write(
                    hit.symbol(),
                    hit.symbol().line(),
                    "",
                    String.format(Locale.ROOT, "  %.3f", hit.score()) + (legs.isEmpty() ? "" : " (" + legs + ")"));
        }
        if (answer.hits().isEmpty()) {
            note("nothing was found");
        }
        answer.skipped().forEach((leg, reason) -> note("without " + leg.toLowerCase(Locale.ROOT) + ": " + reason));
        noteStanding(answer.standing());
    }

    /** Writes the packed text as it is. */
    void packed(Answer.Packed answer) {
        terminal.out().print(answer.markdown());
        note(answer.tokens() + " of " + answer.budget() + " tokens");
        noteStanding(answer.standing());
    }

    /** Writes rows with tabs between their values and the headers first; so many were asked for. */
    void table(Answer.Table answer, int limit) {
        terminal.line(terminal.styled(Style.BOLD, String.join("\t", answer.headers())));
        for (List<@Nullable Object> row : answer.rows()) {
            terminal.line(row.stream().map(AnswerText::cell).collect(Collectors.joining("\t")));
            AnswerStream.check(terminal.out());
        }
        note(count(answer.rows().size(), "row") + more(answer.truncated(), limit, source.tableRowsMax()));
        noteStanding(answer.standing());
    }

    /** A line for one symbol. */
    void write(Answer.Symbol symbol, int line, String indent, String suffix) {
        String place = places.plain(symbol.file(), line);
        terminal.line((place.isEmpty() ? outside(symbol) : terminal.styled(Style.PLACE, place))
                + "  "
                + indent
                + terminal.styled(Style.BOLD, Names.shown(symbol.symbol()))
                + (suffix.isEmpty() ? "" : terminal.styled(Style.DIM, suffix)));
        AnswerStream.check(terminal.out());
    }

    /** A file as people open it from here. */
    String place(String file) {
        return places.plain(file, 0);
    }

    private String outside(Answer.Symbol symbol) {
        String where = symbol.kind().startsWith("JDK")
                ? "(JDK)"
                : symbol.kind().startsWith("LIBRARY")
                        ? "(library)"
                        : "(" + symbol.kind().toLowerCase(Locale.ROOT) + ")";
        return terminal.styled(Style.DIM, where);
    }

    /** A line above rows that belong together. */
    void heading(String text) {
        terminal.line(terminal.styled(Style.DIM, text));
        AnswerStream.check(terminal.out());
    }

    /** A line as it is. */
    void line(String text) {
        terminal.line(text);
        AnswerStream.check(terminal.out());
    }

    /** Says something about the answer. */
    void note(String text) {
        terminal.out().flush();
        terminal.note(terminal.colorErr() ? Style.DIM.wrap(text) : text);
    }

    /** Says what the answer may lack. */
    void noteStanding(Answer.Standing standing) {
        if (!standing.complete()) {
            note("an index run has not come to its end, so files may be missing: 'quarry index' brings the rest");
        }
        List<String> missing = missing(standing);
        if (!missing.isEmpty()) {
            note(asOf(standing) + String.join(", ", missing) + " ('quarry status' tells more)");
        }
        Answer.Watch watch = standing.watch();
        if (watch.lagMillis() > 0) {
            note("not yet in this answer: " + behind(watch));
        }
        if (!watch.problem().isEmpty()) {
            note(watch.problem());
        }
    }

    private static List<String> missing(Answer.Standing standing) {
        List<String> missing = new ArrayList<>();
        if (standing.filesNotWhole() > 0) {
            missing.add(count(standing.filesNotWhole(), "file") + " not read whole");
        }
        if (standing.callsNotBound() > 0) {
            missing.add(ReportText.grouped(standing.callsNotBound()) + " of " + ReportText.grouped(standing.callSites())
                    + " calls not bound");
        }
        return missing;
    }

    /** The state that an answer is of, to the second. */
    private static String asOf(Answer.Standing standing) {
        String commit = standing.commit();
        String what = commit.substring(0, Math.min(COMMIT_DIGITS, commit.length()));
        String when = standing.indexedAt().replaceFirst("\\.\\d+Z$", "Z");
        String both = what + (what.isEmpty() || when.isEmpty() ? "" : ", ") + (when.isEmpty() ? "" : "indexed " + when);
        return both.isEmpty() ? "" : "as of " + both + ": ";
    }

    /** What the graph has still to take in, with how long that is known. */
    static String behind(Answer.Watch watch) {
        String named = Names.printable(String.join(", ", watch.files()))
                + (watch.dirty() > watch.files().size() ? ", …" : "");
        String what = watch.dirty() == 0
                ? "what may have changed unseen"
                : count(watch.dirty(), "changed file") + " (" + named + ")";
        return what + ", seen " + ReportText.grouped(watch.lagMillis()) + " ms ago";
    }

    private static String cell(@Nullable Object value) {
        return value == null
                ? ""
                : Names.printable(value.toString().replace('\t', ' ').replace('\n', ' '));
    }

    /** A number with its noun. */
    static String count(int number, String noun) {
        return number + " " + (number == 1 ? noun : noun + "s");
    }
}
