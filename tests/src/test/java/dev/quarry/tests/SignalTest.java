package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's process that is sent a signal: closes its store and ends with the status that shells know. */
class SignalTest {
    private static final long SECONDS = 60;

    /** SIGINT in the sets of signals that Linux shows. */
    private static final long INT_BIT = 2;

    /** Where a server notes its address, below the store. */
    private static final String ADDRESS = "server";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void serve_signalled_endsWithTheStatusOfTheSignal(String signal, int status) throws Exception {
        assumeThat(isHeeded(signal))
                .as("%s is ignored in this shell, and so in what it starts: run the tests in the foreground", signal)
                .isTrue();
        Path sources = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(sources.resolve("A.java"), "class A {}");
        Path store = folder.resolve("store");
        Process server = Quarry.start(
                folder, "serve", "--no-embed", "--port", "0", "--store", store.toString(), sources.toString());
        try {
            awaitServer(server, store);
            new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid()))
                    .start()
                    .waitFor();
            assertThat(server.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(server.exitValue()).isEqualTo(status);
            assertThat(Quarry.run(folder, "status", "--store", store.toString()).status())
                    .as("the store is free")
                    .isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    /** Whether processes that this one starts take notice of a signal; shells have it ignored in what they send behind. */
    private static boolean isHeeded(String signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!signal.equals("INT") || !Files.exists(status)) {
            return true;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn: 0")
                .substring("SigIgn:".length())
                .strip();
        return (Long.parseUnsignedLong(ignored, 16) & INT_BIT) == 0;
    }

    private static void awaitServer(Process server, Path store) throws InterruptedException {
        for (long i = 0; i < SECONDS * 10 && server.isAlive() && !Files.exists(store.resolve(ADDRESS)); i++) {
            Thread.sleep(100);
        }
        assertThat(store.resolve(ADDRESS)).exists();
    }
}
