package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's process whose port somebody else has. */
class PortFallbackTest {
    /** How far behind the wanted port a server looks. */
    private static final int PORTS_MAX = 100;

    @TempDir
    private Path folder;

    private Path sources = Path.of("none");
    private Path store = Path.of("none");

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(sources.resolve("A.java"), "class A {}");
        store = folder.resolve("store");
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private String[] serve(ServerSocket taken, String... more) {
        String port = Integer.toString(taken.getLocalPort());
        return Stream.concat(
                        Stream.of("serve", "--no-embed", "--no-watch", "--port", port, "--store", store.toString()),
                        Stream.concat(Stream.of(more), Stream.of(sources.toString())))
                .toArray(String[]::new);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void serve_portInUse_takesTheNextFreeOneAndSaysWhich() throws Exception {
        Path said = folder.resolve("said");
        try (ServerSocket taken = taken()) {
            Process server = Quarry.start(folder, said, serve(taken, "--port-fallback"));
            try {
                Path file = store.resolve("port");
                ServingProcess.await("the port's file", () -> {
                    assertThat(server.isAlive()).as(text(said)).isTrue();
                    return text(file).endsWith("\n");
                });
                int port = Integer.parseInt(text(file).strip());
                assertThat(port).isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + PORTS_MAX);
                ServingProcess.await("the message", () -> text(said).contains("http://127.0.0.1:" + port));
                try (HttpQuarry http = HttpQuarry.of(URI.create("http://127.0.0.1:" + port), store)) {
                    assertThat(http.get("/health").status()).isEqualTo(200);
                }
                server.destroy();
                server.onExit().join();
                assertThat(file).as("nobody listens any more").doesNotExist();
            } finally {
                server.destroyForcibly();
            }
        }
    }

    @Test
    void serve_portInUseAndNoOtherAllowed_endsBeforeItIndexesAndNamesTheRemedy() throws Exception {
        try (ServerSocket taken = taken()) {
            Quarry.Result result = Quarry.run(folder, serve(taken));
            assertThat(result.status()).isNotZero();
            assertThat(result.err()).contains("port " + taken.getLocalPort(), "--port-fallback");
            assertThat(store).doesNotExist();
        }
    }
}
