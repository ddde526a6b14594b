package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
    private static final String TRACE = """
        {"id": "t1", "instant": "2030-01-31T12:00:00.5Z", "question": "Who calls it?", "query": "Who calls it?\\nWhat is m?",
         "conversation": "c1", "kind": "MODEL", "status": "COMPLETE", "text": "Nobody [1].",
         "sources": [{"number": 1, "symbol": "a.B#m()", "file": "B.java", "startLine": 3, "endLine": 5,
           "extent": "BODY", "ranks": {"text": 2, "graph": 1}}],
         "citations": {"known": [1], "unknown": []}, "backend": "a", "model": "tiny",
         "attempts": [{"backend": "a", "model": "tiny", "outcome": "ANSWERED", "detail": "", "millis": 7}],
         "usage": {"inputTokens": 11, "outputTokens": 3}, "timings": {"totalMillis": 9}}\
        """;

    @TempDir
    private Path directory;

    @Test
    void trace_list_isALineForEachQuestion() throws IOException {
        try (FakeServer server =
                FakeServer.holding(directory.resolve(".quarry"), 200, "{\"traces\": [" + TRACE + "]}")) {
            CommandRun run = CommandRun.in(directory, "trace", "--text", "calls it", "--limit", "3");
            assertThat(run.out()).isEqualTo("t1  2030-01-31T12:00:00  tiny  Who calls it?\n");
            assertThat(server.requests().getFirst()).startsWith("GET /v1/traces?limit=3&text=calls%20it Bearer secret");
        }
    }

    @Test
    void trace_one_tellsHowItWasAnswered() throws IOException {
        try (FakeServer server = FakeServer.holding(directory.resolve(".quarry"), 200, TRACE)) {
            String out = CommandRun.in(directory, "trace", "t1").out();
            assertThat(out)
                    .contains(
                            "What is m?",
                            "B.java:3  * B.m()  body (graph 1, text 2)",
                            "a (tiny): answered after 7 ms",
                            "Nobody [1].",
                            "totalMillis 9; inputTokens 11, outputTokens 3");
            assertThat(server.requests().getFirst()).startsWith("GET /v1/traces/t1 ");
            assertThat(Json.read(
                            CommandRun.in(directory, "trace", "t1", "--json").out()))
                    .isEqualTo(Json.read(TRACE));
        }
    }
}
