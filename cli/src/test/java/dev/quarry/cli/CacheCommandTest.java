package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
    @TempDir
    Path directory;

    @Test
    void changesOfAnAnswer_forPrograms_areTheDocumentsThatHttpGives() throws IOException {
        try (FakeServer _ = FakeServer.holding(directory.resolve(".quarry"), 200, "{}")) {
            assertThat(document("pin", "x", "--json")).isEqualTo(Map.of("id", "x"));
            assertThat(document("unpin", "x", "--json")).isEqualTo(Map.of("id", "x"));
            assertThat(document("feedback", "x", "--right", "--json")).isEqualTo(Map.of("answer", "x"));
            assertThat(CommandRun.in(directory, "cache", "pin", "x").out()).isEmpty();
        }
    }

    @Test
    void purge_oneKind_asksForThatAlone() throws IOException {
        try (FakeServer server = FakeServer.holding(directory.resolve(".quarry"), 200, "{\"dropped\": 1}")) {
            for (String words : new String[] {"--all", "x", "--model m"}) {
                CommandRun run = CommandRun.in(directory, ("cache purge " + words).split(" "));
                assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OK);
            }
            assertThat(server.requests())
                    .containsExactly(
                            "POST /v1/cache/purge Bearer secret { \"what\" : \"all\" }",
                            "POST /v1/cache/purge Bearer secret { \"what\" : \"answer\", \"name\" : \"x\" }",
                            "POST /v1/cache/purge Bearer secret { \"what\" : \"model\", \"name\" : \"m\" }");
        }
    }

    private Map<String, Object> document(String action, String... words) throws IOException {
        String[] all = new String[words.length + 2];
        all[0] = "cache";
        all[1] = action;
        System.arraycopy(words, 0, all, 2, words.length);
        CommandRun run = CommandRun.in(directory, all);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.OK);
        return Map.copyOf(JsonObject.of(Json.read(run.out())).members());
    }
}
