package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code quarry serve} as a process of its own, and a client of it; killed when closed. */
final class ServingProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final URI address;
    private final HttpQuarry http;

    private ServingProcess(Process process, URI address, HttpQuarry http) {
        this.process = process;
        this.address = address;
        this.http = http;
    }

    /** Starts a server that follows these sources; returns when it answers and nothing is outstanding. */
    static ServingProcess start(Path sources, Path store, Map<String, String> environment) {
        Process process = Quarry.start(
                sources,
                environment,
                "serve",
                "--no-embed",
                "--port",
                "0",
                "--store",
                store.toString(),
                sources.toString());
        Path address = store.resolve("server");
        String pid = Long.toString(process.pid());
        await("the server's address", () -> {
            assertThat(process.isAlive()).as("the server is alive").isTrue();
            List<String> lines = lines(address);
            return lines.size() == 3 && lines.get(1).equals(pid);
        });
        URI uri = URI.create(lines(address).getFirst());
        ServingProcess serving = new ServingProcess(process, uri, HttpQuarry.of(uri, store));
        await("nothing is outstanding", serving::isCurrent);
        return serving;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until something holds. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** What it listens at. */
    URI address() {
        return address;
    }

    /** The server, asked over HTTP. */
    HttpQuarry http() {
        return http;
    }

    /** How current its answers are. */
    JsonNode freshness() {
        return http.get("/v1/symbols?name=Shape0").json().get("freshness");
    }

    /** Whether all changes of the files that were seen are in the graph. */
    boolean isCurrent() {
        return freshness().get("watch").get("lagMillis").asLong() == 0
                && http.get("/health").json().get("state").asText().equals("READY");
    }

    /** Whether a symbol of this name is in the graph. */
    boolean knows(String name) {
        return !http.get("/v1/symbols?name=" + name).json().get("candidates").isEmpty();
    }

    /** Ends it with {@code kill -9}; returns when it has ended. */
    @Override
    public void close() {
        http.close();
        process.destroyForcibly().onExit().join();
    }
}
