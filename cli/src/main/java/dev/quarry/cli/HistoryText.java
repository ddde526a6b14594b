package dev.quarry.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Writes what the history says for people; {@code limit} is how many rows were asked for. */
final class HistoryText {
    private static final int COMMIT_DIGITS = 12;

    private final AnswerText text;

    HistoryText(AnswerText text) {
        this.text = text;
    }

    /** Writes the states in which a symbol changed, a line for each and what its declaration was. */
    void log(Answer.Tree answer, int limit) {
        JsonObject tree = new JsonObject(answer.members());
        List<JsonObject> entries = tree.objects("entries", entry -> entry);
        for (JsonObject entry : entries) {
            text.line(state(entry.object("state")) + "  " + words(entry) + callers(entry));
            if (!entry.text("was").isEmpty() || !entry.text("is").isEmpty()) {
                text.heading("  was  " + entry.text("was"));
                text.heading("  is   " + entry.text("is"));
            }
        }
        text.note(AnswerText.count(entries.size(), "state") + " of "
                + Names.shown(tree.object("symbol").text("symbol")) + more(tree, limit));
        text.noteStanding(answer.standing());
    }

    /** Writes a difference: what breaks users first, then symbols, then how many edges of each kind. */
    void diff(Answer.Tree answer, int limit) {
        JsonObject tree = new JsonObject(answer.members());
        List<JsonObject> breaking = tree.objects("breaking", each -> each);
        if (!breaking.isEmpty()) {
            text.heading("breaking");
        }
        for (JsonObject each : breaking) {
            String was = each.text("was").isEmpty() ? "" : ": " + each.text("was");
            String is = each.text("is").isEmpty() ? "" : " -> " + each.text("is");
            write(each, "  " + each.text("reason") + was + is);
        }
        List<JsonObject> symbols = tree.objects("symbols", each -> each);
        if (!symbols.isEmpty()) {
            text.heading("symbols");
        }
        symbols.forEach(each -> write(each, "  " + words(each)));
        JsonObject counts = tree.object("edgeCounts");
        if (!counts.members().isEmpty()) {
            text.heading("edges");
        }
        for (String kind : counts.members().keySet()) {
            JsonObject count = counts.object(kind);
            text.line(kind + "  +" + count.number("added") + " -" + count.number("removed") + " ~"
                    + count.number("changed"));
        }
        text.note(between(tree) + ": " + AnswerText.count(breaking.size(), "breaking change") + ", "
                + AnswerText.count(symbols.size(), "symbol") + more(tree, limit));
        text.noteStanding(answer.standing());
    }

    /** Writes what a difference reaches, and the tests that cover it. */
    void impact(Answer.Tree answer, int limit) {
        JsonObject tree = new JsonObject(answer.members());
        List<JsonObject> changed = section(tree, "changed", each -> words(each));
        List<JsonObject> rows = section(tree, "rows", each -> each.number("depth") + " " + each.text("kindOfUse"));
        List<JsonObject> tests = section(tree, "tests", _ -> "");
        text.note(between(tree) + ": " + AnswerText.count(changed.size(), "changed symbol") + ", "
                + AnswerText.count(rows.size(), "affected declaration") + ", "
                + AnswerText.count(tests.size(), "test") + more(tree, limit));
        text.noteStanding(answer.standing());
    }

    private List<JsonObject> section(
            JsonObject tree, String name, java.util.function.Function<JsonObject, String> suffix) {
        List<JsonObject> rows = tree.objects(name, each -> each);
        if (!rows.isEmpty()) {
            text.heading(name.equals("rows") ? "affected" : name);
        }
        rows.forEach(row -> write(row, "  " + suffix.apply(row)));
        return rows;
    }

    private void write(JsonObject row, String suffix) {
        Answer.Symbol symbol = AnswerReader.symbol(row);
        text.write(symbol, symbol.line(), "", suffix.stripTrailing());
    }

    private static String words(JsonObject row) {
        return row.list("what").stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String callers(JsonObject entry) {
        return entry.number("callersAdded") + entry.number("callersRemoved") == 0
                ? ""
                : " (+" + entry.number("callersAdded") + " -" + entry.number("callersRemoved") + ")";
    }

    private static String between(JsonObject tree) {
        return state(tree.object("from")) + " to " + state(tree.object("to"));
    }

    private static String state(JsonObject state) {
        String commit = state.text("commit");
        String shown = commit.substring(0, Math.min(COMMIT_DIGITS, commit.length()));
        boolean isSave = state.text("kind").equals("SAVE");
        return shown
                + (isSave && !shown.isEmpty() ? "+edits" : "")
                + (shown.isEmpty() ? "" : " ")
                + state.text("instant");
    }

    private String more(JsonObject tree, int limit) {
        return text.more(tree.truth("truncated"), limit);
    }
}
