package dev.quarry.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer for people: its text as it comes, then the places that it cites. */
final class AskText {
    private final Terminal terminal;
    private final AnswerText text;
    private boolean lineEnded = true;

    AskText(Terminal terminal, AnswerText text) {
        this.terminal = terminal;
        this.text = text;
    }

    /** Writes a further part of the text. */
    void part(String part) {
        terminal.out().print(part);
        terminal.out().flush();
        lineEnded = part.endsWith("\n");
        AnswerStream.check(terminal.out());
    }

    /** Writes what stands behind the text. */
    void end(Answer.Tree answer) {
        JsonObject reply = new JsonObject(answer.members());
        terminal.line(lineEnded ? "" : "\n");
        List<@Nullable Object> cited = reply.object("citations").list("known");
        for (JsonObject source : reply.objects("sources", source -> source)) {
            if (cited.stream().anyMatch(number -> isNumber(number, source.number("number")))) {
                text.write(
                        AnswerReader.symbol(source),
                        (int) source.number("startLine"),
                        "[" + source.number("number") + "] ",
                        "");
            }
        }
        List<@Nullable Object> unknown = reply.object("citations").list("unknown");
        if (!unknown.isEmpty()) {
            text.note("cited, but there is no such source: " + unknown + "; do not rely on what stands before it");
        }
        if (!reply.text("status").equals("COMPLETE") && !reply.text("kind").equals("EXTRACT")) {
            text.note("the answer is not whole (" + reply.text("status").toLowerCase(java.util.Locale.ROOT) + ")"
                    + (reply.text("detail").isEmpty() ? "" : ": " + reply.text("detail")));
        }
        if (reply.text("kind").equals("CACHED")) {
            text.note("answered before, to a question that means the same; --fresh asks anew");
            text.note("if it is not: quarry cache feedback " + reply.text("id") + " --wrong");
        }
        for (JsonObject attempt : reply.objects("attempts", attempt -> attempt)) {
            if (!attempt.text("outcome").equals("ANSWERED")) {
                text.note("'" + attempt.text("backend") + "' " + attempt.text("detail"));
            }
        }
        text.note(summary(reply));
        text.noteStanding(answer.standing());
    }

    private static boolean isNumber(@Nullable Object value, long number) {
        return value instanceof Number known && known.longValue() == number;
    }

    private static String summary(JsonObject reply) {
        JsonObject usage = reply.object("usage");
        String model =
                reply.text("model").isEmpty() ? "no model" : reply.text("model") + " of " + reply.text("backend");
        double cost = usage.real("costUsd");
        return model + ", " + usage.number("inputTokens") + " + " + usage.number("outputTokens") + " tokens"
                + (cost > 0 ? String.format(java.util.Locale.ROOT, ", %.4f USD", cost) : "") + ", "
                + reply.object("timings").number("totalMillis") + " ms, answer " + reply.text("id") + ", conversation "
                + reply.text("conversation");
    }
}
