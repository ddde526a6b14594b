package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quarry mcp} as an agent's program runs it: for days, while the store is indexed and served by others. */
class McpStreamsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    /** A session on the standard streams of a process. */
    private static final class Session implements AutoCloseable {
        private final Process process;
        private final Writer in;
        private final BufferedReader out;
        private int last;

        Session(Path directory, Path store) throws IOException {
            process = new ProcessBuilder(
                            Quarry.script(folder.resolve("quarry"), "dev.quarry.cli.Main")
                                    .toString(),
                            "mcp",
                            "--store",
                            store.toString())
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            in = process.outputWriter(StandardCharsets.UTF_8);
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        JsonNode ask(String method, Map<String, Object> params) throws IOException {
            last++;
            send(JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", last, "method", method, "params", params)));
            JsonNode answer = JSON.readTree(out.readLine());
            assertThat(answer.get("id").asInt()).isEqualTo(last);
            return answer;
        }

        JsonNode search(String query) throws IOException {
            return ask("tools/call", Map.of("name", "search", "arguments", Map.of("query", query)))
                    .get("result");
        }

        void send(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
        }

        /** Ends the input; gives the status of the process, which must have said all it had to say. */
        int end() throws IOException {
            in.close();
            assertThat(out.readLine()).isNull();
            return process.onExit().join().exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private static void found(JsonNode result) {
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        assertThat(result.get("structuredContent").get("hits")).isNotEmpty();
    }

    @Test
    void session_whileOthersIndexAndServe_isAnsweredAllTheTime() throws IOException {
        Place place = Place.small(Files.createDirectory(folder.resolve("place")));
        try (Session session = new Session(place.sources(), place.store())) {
            JsonNode started = session.ask(
                    "initialize",
                    Map.of(
                            "protocolVersion",
                            "2025-06-18",
                            "capabilities",
                            Map.of(),
                            "clientInfo",
                            Map.of("name", "test", "version", "1")));
            assertThat(started.get("result").get("serverInfo").get("name").asText())
                    .isEqualTo("quarry");
            session.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

            JsonNode none = session.search("area");
            assertThat(none.path("isError").asBoolean()).isTrue();
            assertThat(none.toString()).contains("quarry index");

            index(place);
            found(session.search("area"));

            // The session lets go of the store, so that an index run and a server get it.
            ServingProcess.await("the store is free", () -> index(place) == 0);
            try (ServingProcess serving = ServingProcess.start(place.sources(), place.store(), Map.of())) {
                assertThat(serving.knows("Shape1")).isTrue();
                found(session.search("area"));
            }
            found(session.search("area"));
            assertThat(session.end()).isZero();
        }
    }

    private static int index(Place place) {
        return Quarry.run(
                        place.sources(),
                        "index",
                        "--no-embed",
                        "--store",
                        place.store().toString(),
                        place.sources().toString())
                .status();
    }

    @Test
    void input_thatIsNoMessage_isAnsweredAndDoesNotEndTheSession() throws IOException {
        Place place = Place.small(Files.createDirectory(folder.resolve("other")));
        try (Session session = new Session(place.sources(), place.store())) {
            session.send("no message");
            JsonNode answer = JSON.readTree(session.out.readLine());
            assertThat(answer.get("error").get("code").asInt()).isEqualTo(-32_700);
            assertThat(session.ask("ping", Map.of()).has("result")).isTrue();
            assertThat(session.end()).isZero();
        }
    }
}
