package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
    private static final String REPLY = """
            {"paused": %s, "coverage": {}, "freshness": {"sequence": 4, "embedded": 1200, "embeddable": 5000}}""";

    @TempDir
    Path directory;

    @Test
    void pause_andResume_tellTheServer() throws IOException {
        Path store = directory.resolve(".quarry");
        try (FakeServer server = FakeServer.holding(store, 200, REPLY.formatted(true))) {
            CommandRun run = CommandRun.in(directory, "model", "pause");
            assertThat(server.requests()).containsExactly("POST /v1/vectors Bearer secret { \"paused\" : true }");
            assertThat(run.code()).isEqualTo(ExitCode.OK);
            assertThat(run.out())
                    .isEqualTo("no vectors are made until 'quarry model resume'; 1,200 of 5,000 are there\n");
        }
        try (FakeServer server = FakeServer.holding(store, 200, REPLY.formatted(false))) {
            CommandRun run = CommandRun.in(directory, "model", "resume", "--json");
            assertThat(server.requests()).containsExactly("POST /v1/vectors Bearer secret { \"paused\" : false }");
            assertThat(Json.read(run.out())).isEqualTo(Json.read(REPLY.formatted(false)));
        }
    }

    @Test
    void pause_withoutAServer_saysWhatToDo() throws IOException {
        Files.createDirectories(directory.resolve(".quarry"));
        CommandRun run = CommandRun.in(directory, "model", "pause");
        assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains("no server holds the store").contains("Ctrl-C");
    }

    @Test
    void add_directoryThatIsNotThere_isNotFound() {
        CommandRun run = CommandRun.in(directory, "model", "add", "nowhere");
        assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err())
                .contains(
                        "there is no directory " + directory.resolve("nowhere").toAbsolutePath());
    }
}
