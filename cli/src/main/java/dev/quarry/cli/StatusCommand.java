package dev.quarry.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code quarry status}: what the store holds, and how current and complete it is. */
final class StatusCommand extends SourceCommand {
    private static final double PERCENT = 100.0;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "status",
                "show what the store holds, and how current and complete it is",
                List.of(),
                List.of(CommonOptions.AT));
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        Answer.Status status = source.status();
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(status));
        } else {
            write(status, terminal);
            writeUnread(status, terminal, text);
        }
        return ExitCode.OK;
    }

    private static void write(Answer.Status status, Terminal terminal) {
        Answer.Standing standing = status.standing();
        if (!status.repository().isEmpty()) {
            entry(terminal, "repository", status.repository());
        }
        if (!status.heldBy().isEmpty()) {
            entry(terminal, "held by", "the server at " + status.heldBy());
        }
        String indexed = standing.indexedAt().isEmpty() ? "never" : standing.indexedAt();
        entry(
                terminal,
                "indexed",
                indexed + (standing.complete() ? "" : " (the last run did not end: run 'quarry index' again)"));
        if (!standing.commit().isEmpty()) {
            entry(terminal, "git", "commit " + standing.commit());
        }
        if (!status.heldBy().isEmpty()) {
            entry(terminal, "watch", watch(standing.watch()));
        }
        entry(terminal, "schema", "version " + status.schemaVersion() + ", commit " + standing.sequence());
        entry(terminal, "files", counts(standing.files()));
        entry(terminal, "nodes", counts(status.nodes()));
        entry(terminal, "edges", counts(status.edges()));
        entry(terminal, "calls", calls(standing.calls()));
        if (!standing.unresolved().isEmpty()) {
            entry(terminal, "unresolved", counts(standing.unresolved()) + ReportText.remedy(standing.unresolved()));
        }
        entry(
                terminal,
                "search",
                "text " + behind(standing.sequence(), standing.textSequence()) + "; "
                        + ReportText.grouped(status.vectors()) + " vectors, "
                        + behind(standing.sequence(), standing.vectorSequence()));
        standing.problems().forEach(problem -> entry(terminal, "", problem));
        if (!status.missingArtifacts().isEmpty()) {
            entry(terminal, "missing", ReportText.missing(status.missingArtifacts()));
        }
    }

    private static void writeUnread(Answer.Status status, Terminal terminal, AnswerText text) {
        String head = "not whole";
        for (Answer.UnreadFile file : status.unread().first()) {
            entry(
                    terminal,
                    head,
                    text.place(file.file()) + "  " + words(file.status())
                            + (file.problem().isEmpty() ? "" : ", " + file.problem()));
            head = "";
        }
        int more = status.unread().more();
        if (more > 0) {
            entry(terminal, head, "and " + ReportText.grouped(more) + " more");
        }
    }

    private static String watch(Answer.Watch watch) {
        String how = switch (watch.mode()) {
            case "EVENTS" -> "the server follows the files";
            case "POLL" -> "the server looks for changed files again and again";
            default -> "the server does not follow the files";
        };
        return how
                + (watch.lagMillis() > 0 ? "; not yet in the graph: " + AnswerText.behind(watch) : "")
                + (watch.problem().isEmpty() ? "" : "; " + watch.problem());
    }

    private static String behind(long sequence, long reached) {
        if (reached == sequence) {
            return "current";
        }
        return reached == 0 ? "not there" : (sequence - reached) + " commits behind";
    }

    private static String calls(Map<String, Integer> calls) {
        int sites = calls.values().stream().mapToInt(Integer::intValue).sum();
        int unresolved = calls.getOrDefault("unresolved", 0);
        String bound = String.format(
                Locale.ROOT, " (%.2f %% bound)", sites == 0 ? PERCENT : PERCENT * (sites - unresolved) / sites);
        return counts(calls) + bound;
    }

    private static String counts(Map<String, ? extends Number> counts) {
        long total = counts.values().stream().mapToLong(Number::longValue).sum();
        Map<String, Number> sorted = new TreeMap<>(counts);
        String parts = sorted.entrySet().stream()
                .filter(entry -> entry.getValue().longValue() > 0)
                .sorted(Comparator.comparingLong((Map.Entry<String, Number> entry) ->
                                entry.getValue().longValue())
                        .reversed())
                .map(entry -> ReportText.grouped(entry.getValue().longValue()) + " " + words(entry.getKey()))
                .collect(Collectors.joining(", "));
        return ReportText.grouped(total) + (parts.isEmpty() ? "" : ": " + parts);
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void entry(Terminal terminal, String head, String text) {
        terminal.line(terminal.styled(Style.DIM, String.format(Locale.ROOT, "%-11s", head)) + text);
    }
}
