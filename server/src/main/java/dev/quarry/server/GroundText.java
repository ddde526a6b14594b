package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.Source;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** What an answer stands on, for clients that show text alone, and for programs. */
final class GroundText {
    private static final String HEAD = "---\nSources, checked by Quarry:\n";

    private GroundText() {}

    /** The sources that an answer cites, and what it cites without any; empty where the answer lists code by itself. */
    static String of(AskAnswer answer) {
        if (answer.kind() == AskAnswer.Kind.EXTRACT) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n\n").append(HEAD);
        for (Source source : answer.cited()) {
            text.append('[').append(source.number()).append("] ").append(source.symbol());
            text.append(" · ").append(source.file()).append(':').append(source.startLine());
            text.append('-').append(source.endLine()).append('\n');
        }
        if (!answer.citations().unknown().isEmpty()) {
            String numbers = answer.citations().unknown().stream()
                    .map(number -> "[" + number + "]")
                    .collect(Collectors.joining(" "));
            text.append(numbers).append(" points to no source: nothing shows what is said there\n");
        } else if (answer.cited().isEmpty()) {
            text.append("none is cited: nothing shows what is said\n");
        }
        return text.toString();
    }

    /** A text of before without its sources. */
    static String removed(String text) {
        int head = text.lastIndexOf(HEAD);
        return head < 0 ? text : text.substring(0, head).stripTrailing();
    }

    /** The same for programs. */
    static JsonObject document(AskAnswer answer) {
        JsonArray sources = new JsonArray();
        for (Source source : answer.context().sources()) {
            sources.add(new JsonObject()
                    .put("number", source.number())
                    .put("symbol", source.symbol())
                    .put("file", source.file())
                    .put("startLine", source.startLine())
                    .put("endLine", source.endLine())
                    .put("content", source.content().toString()));
        }
        return new JsonObject()
                .put("id", answer.id())
                .put("kind", answer.kind().name())
                .put("backend", answer.model().backend())
                .put("model", answer.model().model())
                .put(
                        "citations",
                        new JsonObject()
                                .put("known", new JsonArray(answer.citations().known()))
                                .put("unknown", new JsonArray(answer.citations().unknown())))
                .put("sources", sources)
                .put("sequence", answer.context().sequence());
    }
}
