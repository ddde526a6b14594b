package dev.quarry.ask;

import dev.quarry.fake.FakeProvider;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.BackendPool;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pieces of code and a pool over a fake provider. */
final class Sample {
    static final String BLANK =
            "/** Whether a text is blank. More about that. */\nboolean isBlank(String text) { return text.isBlank(); }";
    static final String TRIM = "String trim(String text) { return text.trim(); }";

    private Sample() {}

    static List<Source> sources(String... texts) {
        List<Source> sources = new ArrayList<>();
        for (String text : texts) {
            int number = sources.size() + 1;
            sources.add(new Source(
                    number,
                    NodeId.of(NodeKind.METHOD, "a.Text#m" + number, "()"),
                    "a.Text#m" + number + "()",
                    "src/a/Text.java",
                    number,
                    number + 1,
                    "BODY",
                    "match",
                    ContentHash.ofText(text),
                    Map.of("text", number),
                    text));
        }
        return sources;
    }

    static ContextFinder finding(String... texts) {
        return (query, tokens, model) -> new AskContext(sources(texts), 100, 7, Map.of());
    }

    static BackendPool pool(FakeProvider provider) {
        return pool(provider, BackendKind.OPENAI);
    }

    static BackendPool pool(FakeProvider provider, BackendKind kind) {
        return new BackendPool(
                List.of(BackendConfig.of("fake", kind, provider.url(), FakeProvider.MODEL)
                        .withRetries(0)),
                Map.of());
    }
}
