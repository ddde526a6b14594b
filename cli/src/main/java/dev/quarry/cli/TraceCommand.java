package dev.quarry.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code quarry trace [ID]}: the questions that were answered, or how one was. */
final class TraceCommand extends SourceCommand {
    private static final Option TEXT =
            Option.of("--text", "WORDS", "only those whose question or answer has words that begin with each of these");
    private static final Option LIMIT = Option.of("--limit", "N", "how many; default 20");
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000;
    private static final int SECONDS = "2030-01-31T12:00:00".length();

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "trace",
                "list the questions that were answered, or show how one was",
                List.of("[ID]"),
                List.of(TEXT, LIMIT),
                "The newest first. What is kept, and how long, is said under [traces] of the configuration.");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        Optional<String> id = arguments.optionalOperand(0);
        JsonObject reply = id.isPresent()
                ? source.trace(id.get())
                : source.traces(arguments.value(TEXT).orElse(""), arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX));
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(reply.members()));
        } else if (id.isPresent()) {
            trace(reply, text);
        } else {
            reply.objects("traces", trace -> trace).forEach(trace -> text.line(line(trace)));
        }
        return ExitCode.OK;
    }

    private static String line(JsonObject trace) {
        String question = trace.text("question").replaceAll("\\s+", " ");
        String instant = trace.text("instant");
        return trace.text("id") + "  " + instant.substring(0, Math.min(SECONDS, instant.length())) + "  "
                + (trace.text("model").isEmpty() ? "no model" : trace.text("model")) + "  " + question;
    }

    private static void trace(JsonObject trace, AnswerText text) {
        text.heading(trace.text("instant") + ", " + trace.text("status").toLowerCase(Locale.ROOT) + ", conversation "
                + trace.text("conversation"));
        text.line(trace.text("question"));
        if (!trace.text("detail").isEmpty()) {
            text.heading("not whole");
            text.line(trace.text("detail"));
        }
        if (!trace.text("query").equals(trace.text("question"))) {
            text.heading("searched by");
            text.line(trace.text("query"));
        }
        text.heading("code (ranks; * is cited)");
        List<Object> cited = trace.object("citations").list("known").stream()
                .map(number -> (Object) String.valueOf(number))
                .toList();
        for (JsonObject source : trace.objects("sources", source -> source)) {
            text.write(
                    AnswerReader.symbol(source),
                    (int) source.number("startLine"),
                    cited.contains(source.text("number")) ? "* " : "  ",
                    ranks(source));
        }
        text.heading("tries");
        for (JsonObject attempt : trace.objects("attempts", attempt -> attempt)) {
            text.line(attempt.text("backend") + " (" + attempt.text("model") + "): "
                    + attempt.text("outcome").toLowerCase(Locale.ROOT) + " after " + attempt.number("millis") + " ms "
                    + attempt.text("detail"));
        }
        text.heading("answer");
        text.line(trace.text("text"));
        text.heading("times in ms, tokens");
        text.line(numbers(trace.object("timings")) + "; " + numbers(trace.object("usage")));
    }

    private static String ranks(JsonObject source) {
        String ranks = numbers(source.object("ranks"));
        return "  " + source.text("extent").toLowerCase(Locale.ROOT) + (ranks.isEmpty() ? "" : " (" + ranks + ")");
    }

    private static String numbers(JsonObject object) {
        return object.counts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
