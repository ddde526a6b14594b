package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere files that are open cannot be deleted
class DeletedStoreTest {
    @TempDir
    private Path directory;

    @Test
    void server_whoseStoreIsDeletedOrReplaced_saysSoAndWritesNothing() throws IOException {
        Files.writeString(directory.resolve("B.java"), "package a; class B { void m() {} }\n");
        assertThat(CommandRun.in(directory, "index", "--no-embed").code()).isEqualTo(ExitCode.OK);
        Path store = directory.resolve(".quarry");
        Terminal terminal = new Terminal(
                new PrintStream(PrintStream.nullOutputStream()),
                new PrintStream(PrintStream.nullOutputStream()),
                false,
                false,
                false,
                100,
                directory);
        try (Workspace workspace = Stores.writing(store);
                Serving _ = Serving.start(ServerConfig.defaults().withPort(0), workspace);
                ServerClient client =
                        ServerClient.of(store, ServerAddress.of(store).orElseThrow(), terminal)) {
            assertThat(client.get("/health", "health").text("state")).isEqualTo("READY");

            StagedDirectory.delete(store);

            assertGone(client);
            Files.writeString(directory.resolve("C.java"), "package a; class C {}\n");
            assertThatThrownBy(() ->
                            workspace.index(directory, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("was deleted or replaced");
            assertThat(client.get("/v1/symbols/B.m", "B.m").text("symbol")).isNotNull();
            assertThat(store).doesNotExist();

            Files.createDirectory(store);
            Files.writeString(store.resolve("server"), "another's");
            assertGone(client);
        }
        assertThat(store.resolve("server")).hasContent("another's");
        try (var files = Files.list(store)) {
            assertThat(files).hasSize(1);
        }
    }

    private static void assertGone(ServerClient client) {
        JsonObject health = client.get("/health", "health");
        assertThat(health.text("state")).isEqualTo("STORE_GONE");
        assertThat(health.list("problems"))
                .singleElement()
                .asString()
                .contains("was deleted or replaced", "start it again");
    }
}
