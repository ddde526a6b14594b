package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.QuarryException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {
    private static final ServerAddress HERE = new ServerAddress(
            URI.create("http://127.0.0.1:4711"), ProcessHandle.current().pid());

    @TempDir
    private Path store;

    @Test
    void of_serverThatRuns_isWhereItSaysUntilItTakesThatBack() throws IOException {
        HERE.write(store);
        assertThat(ServerAddress.of(store)).hasValue(HERE);
        assertThat(Files.readString(store.resolve("port"))).isEqualTo("4711\n");
        ServerAddress.remove(store);
        assertThat(ServerAddress.of(store)).isEmpty();
    }

    /** In a container with a store that stays, the killed server and its successor have the same process id. */
    @Test
    void of_killedServerWhoseProcessIdAnotherHasNow_isNone() throws IOException {
        HERE.write(store);
        List<String> lines = Files.readAllLines(store.resolve("server"));
        long earlier = Long.parseLong(lines.get(2)) - 60_000;
        Files.write(store.resolve("server"), List.of(lines.get(0), lines.get(1), Long.toString(earlier)));
        assertThat(ServerAddress.of(store)).isEmpty();
    }

    /** As in a container whose first process waits for no other. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void of_killedServerThatNobodyWaitsFor_isNone() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
        try (BufferedReader said = parent.inputReader()) {
            long child = Long.parseLong(said.readLine());
            while (!Files.readString(Path.of("/proc/" + child + "/stat")).contains(") Z ")) {
                Thread.sleep(10);
            }
            assertThat(ProcessHandle.of(child)).isPresent();
            long start = ProcessHandle.of(child)
                    .flatMap(handle -> handle.info().startInstant())
                    .orElse(Instant.EPOCH)
                    .toEpochMilli();
            Files.write(store.resolve("server"), List.of("http://127.0.0.1:4711", "" + child, "" + start));
            assertThat(ServerAddress.of(store)).isEmpty();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void of_whatIsNoAddress_isNone() throws IOException {
        for (String text : List.of("", "http://127.0.0.1:1", "http://127.0.0.1:1\nx\n", "http://127.0.0.1:1\n1\nx\n")) {
            Files.writeString(store.resolve("server"), text);
            assertThat(ServerAddress.of(store)).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:80",
        "localhost, http://localhost:80",
        "::1, http://[::1]:80",
        "[::1], http://[::1]:80"
    })
    void address_ofAHost_canBeAsked(String host, String address) {
        assertThat(Serving.address(host, 80)).hasToString(address).hasPort(80);
    }

    @Test
    void address_ofWhatIsNoHost_namesItAndTheRemedy() {
        assertThatThrownBy(() -> Serving.address("::x::", 80))
                .isInstanceOf(QuarryException.class)
                .hasMessageContainingAll("'::x::'", "--host");
    }
}
