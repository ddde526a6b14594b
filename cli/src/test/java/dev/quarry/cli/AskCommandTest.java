package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that a server streams. */
class AskCommandTest {
    private static final String DONE = """
        {"id": "1", "question": "q", "query": "q", "conversation": "c1", "kind": "MODEL", "status": "BROKEN",
         "detail": "the reply of 'a' broke off", "text": "It trims [1][9].",
         "sources": [{"number": 1, "symbol": "a.B#m()", "id": "01", "file": "B.java", "startLine": 3, "endLine": 5},
           {"number": 2, "symbol": "a.B#n()", "id": "02", "file": "B.java", "startLine": 7, "endLine": 9}],
         "citations": {"known": [1], "unknown": [9]}, "backend": "a", "model": "tiny",
         "attempts": [{"backend": "z", "outcome": "SKIPPED", "detail": "rests after failures"}],
         "usage": {"inputTokens": 11, "outputTokens": 3, "costUsd": 0.5}, "timings": {"totalMillis": 7},
         "coverage": {}, "freshness": {"sequence": 4}}\
        """.replace("\n", " ");

    private static final String STREAM = """
        event: phase
        data: {"phase":"retrieve","millis":0}

        event: token
        data: {"text":"It trims "}

        event: token
        data: {"text":"[1][9]."}

        event: done
        data: %s

        """.formatted(DONE);

    @TempDir
    private Path directory;

    @Test
    void ask_heldByAServer_streamsTheTextThenWhatItCites() throws IOException {
        try (FakeServer server = FakeServer.holding(directory.resolve(".quarry"), 200, STREAM)) {
            CommandRun run =
                    CommandRun.in(directory, "ask", "What does m do?", "--context-tokens", "900", "--at", "v1");
            assertThat(run.code()).isEqualTo(ExitCode.OK);
            assertThat(server.requests().getFirst())
                    .startsWith("POST /v1/ask?at=v1 Bearer secret")
                    .contains("\"contextTokens\" : 900", "\"stream\" : true");
            assertThat(run.out()).isEqualTo("It trims [1][9].\n\nB.java:3  [1] B.m()\n");
            assertThat(run.err())
                    .contains("there is no such source: [9]")
                    .contains("not whole (broken): the reply of 'a' broke off")
                    .contains("'z' rests after failures")
                    .contains("tiny of a, 11 + 3 tokens, 0.5000 USD, 7 ms, answer 1, conversation c1");
        }
    }

    @Test
    void ask_json_isTheLastEvent() throws IOException {
        try (FakeServer _ = FakeServer.holding(directory.resolve(".quarry"), 200, STREAM)) {
            JsonObject reply = JsonObject.of(
                    Json.read(CommandRun.in(directory, "ask", "x", "--json").out()));
            assertThat(reply.text("text")).isEqualTo("It trims [1][9].");
            assertThat(reply.object("citations").list("unknown")).containsExactly(9L);
        }
    }

    @Test
    void ask_streamThatFails_isTheFailure() throws IOException {
        String stream = "event: error\ndata: {\"code\":\"NOT_FOUND\",\"detail\":\"there is no conversation 'c'\"}\n\n";
        try (FakeServer _ = FakeServer.holding(directory.resolve(".quarry"), 200, stream)) {
            CommandRun run = CommandRun.in(directory, "ask", "x", "--conversation", "c");
            assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run.err()).contains("there is no conversation 'c'");
        }
        try (FakeServer _ = FakeServer.holding(directory.resolve(".quarry"), 200, "event: phase\ndata: {}\n\n")) {
            assertThat(CommandRun.in(directory, "ask", "x").err()).contains("ended without an end");
        }
    }
}
