package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskEvent;
import dev.quarry.ask.Source;
import dev.quarry.llm.Attempt;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers and what leads to them, as the contract has them. */
public final class AskDocument {
    private AskDocument() {}

    /** An answer, without what it says of the graph. */
    public static Map<String, @Nullable Object> of(AskAnswer answer) {
        ChatResult model = answer.model();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", answer.id());
        tree.put("question", answer.question());
        tree.put("query", answer.query());
        tree.put("conversation", answer.conversation());
        tree.put("kind", answer.kind().name());
        tree.put("status", model.status().name());
        tree.put("detail", model.detail());
        tree.put("text", answer.text());
        tree.put("sources", sources(answer.context().sources()));
        tree.put(
                "citations",
                Map.of(
                        "known",
                        answer.citations().known(),
                        "unknown",
                        answer.citations().unknown()));
        tree.put("contextTokens", answer.context().tokens());
        tree.put("backend", model.backend());
        tree.put("model", model.model());
        tree.put("attempts", model.attempts().stream().map(AskDocument::attempt).toList());
        tree.put("usage", usage(model));
        AskAnswer.Timings timings = answer.timings();
        tree.put(
                "timings",
                Map.of(
                        "retrieveMillis", timings.retrieveMillis(),
                        "firstTextMillis", timings.firstTextMillis(),
                        "totalMillis", timings.totalMillis()));
        return tree;
    }

    /** What an event is called on a stream of server-sent events. */
    static String name(AskEvent event) {
        return switch (event) {
            case AskEvent.Began _ -> "phase";
            case AskEvent.Sources _ -> "sources";
            case AskEvent.Tried _ -> "attempt";
            case AskEvent.Text _ -> "token";
            case AskEvent.Failed _ -> "error";
            case AskEvent.Answered _ -> "done";
        };
    }

    /** What an event tells. */
    static Map<String, @Nullable Object> of(AskEvent event) {
        return switch (event) {
            case AskEvent.Began(AskEvent.Phase phase, long millis) ->
                Map.of("phase", phase.name().toLowerCase(Locale.ROOT), "millis", millis);
            case AskEvent.Sources(List<Source> sources) -> Map.of("sources", sources(sources));
            case AskEvent.Tried(Attempt attempt) -> attempt(attempt);
            case AskEvent.Text(String part) -> Map.of("text", part);
            case AskEvent.Failed(AskAnswer soFar, Throwable _) ->
                Map.of("detail", soFar.model().detail());
            case AskEvent.Answered(AskAnswer answer) -> of(answer);
        };
    }

    /** The tokens that a reply used, and what they cost where that is known. */
    static Map<String, @Nullable Object> usage(ChatResult model) {
        Usage usage = model.usage();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("inputTokens", usage.inputTokens());
        tree.put("outputTokens", usage.outputTokens());
        tree.put("estimated", usage.estimated());
        model.costUsd().ifPresent(cost -> tree.put("costUsd", cost));
        return tree;
    }

    private static Map<String, @Nullable Object> attempt(Attempt attempt) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("backend", attempt.backend());
        tree.put("model", attempt.model());
        tree.put("outcome", attempt.outcome().name());
        tree.put("detail", attempt.detail());
        tree.put("afterMillis", attempt.afterMillis());
        tree.put("firstTokenMillis", attempt.firstTokenMillis());
        tree.put("millis", attempt.millis());
        return tree;
    }

    private static List<Map<String, @Nullable Object>> sources(List<Source> sources) {
        return sources.stream().map(AskDocument::source).toList();
    }

    private static Map<String, @Nullable Object> source(Source source) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("number", source.number());
        tree.put("symbol", source.symbol());
        tree.put("id", source.id().toString());
        tree.put("file", source.file());
        tree.put("startLine", source.startLine());
        tree.put("endLine", source.endLine());
        tree.put("extent", source.extent());
        tree.put("why", source.why());
        tree.put("content", source.content().toString());
        tree.put("ranks", source.ranks());
        tree.put("text", source.text());
        return tree;
    }
}
