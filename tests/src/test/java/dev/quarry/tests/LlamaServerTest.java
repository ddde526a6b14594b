package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server of a model, streamed from through the product. */
class LlamaServerTest {
    private static final String ASKED =
            "\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"trim text\"}],"
                    + " \"temperature\": 0, \"max_tokens\": %d, \"stream\": %s}";

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    private LlamaServer llama;
    private ModelGateway gateway;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        llama = new LlamaServer(folder);
        Place place = Place.small(Files.createDirectory(folder.resolve("place")));
        Indexing.index(place.sources(), place.store());
        BackendConfig backend = BackendConfig.of("llama", BackendKind.OPENAI, llama.url(), "tiny")
                .withTimes(Duration.ofMinutes(2), Duration.ofMinutes(5));
        gateway = new ModelGateway(place.store(), List.of(backend));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        if (http != null) {
            http.close();
            gateway.close();
        }
        if (llama != null) {
            llama.close();
        }
    }

    private static String asked(int tokens, boolean stream) {
        return "{" + ASKED.formatted(tokens, stream);
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private List<JsonNode> data(String stream) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : stream.lines().toList()) {
            if (line.startsWith("data: {")) {
                events.add(json.readTree(line.substring("data: ".length())));
            }
        }
        return events;
    }

    @Test
    void completion_streamedOrNot_isWhatTheServerItselfSays() throws Exception {
        HttpRequest itself = HttpRequest.newBuilder(llama.url().resolve("/v1/chat/completions"))
                .POST(BodyPublishers.ofString(asked(12, false)))
                .build();
        JsonNode direct = json.readTree(send(itself));
        String text = direct.at("/choices/0/message/content").asText();
        assertThat(text).isNotBlank();

        JsonNode whole = json.readTree(send(gateway.post("/v1/chat/completions", asked(12, false))));
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo(text);
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(whole.at("/usage/prompt_tokens").asInt())
                .isEqualTo(direct.at("/usage/prompt_tokens").asInt());
        assertThat(whole.at("/usage/completion_tokens").asInt()).isEqualTo(12);

        String stream = send(gateway.post("/v1/chat/completions", asked(12, true)));
        StringBuilder streamed = new StringBuilder();
        data(stream)
                .forEach(chunk ->
                        streamed.append(chunk.at("/choices/0/delta/content").asText("")));
        assertThat(streamed).hasToString(text);
        assertThat(stream).endsWith("data: [DONE]\n\n");

        String events = send(gateway.post("/v1/messages", asked(12, true)));
        StringBuilder said = new StringBuilder();
        data(events).forEach(event -> said.append(event.at("/delta/text").asText("")));
        assertThat(said).hasToString(text);
        assertThat(events).contains("\"stop_reason\":\"max_tokens\"", "event: message_stop\n");
    }

    @Test
    void seed_whichIsForeign_isPassedOnToTheServer() throws Exception {
        String request = "{\"seed\": 3," + ASKED.formatted(5, true);
        List<JsonNode> chunks = data(send(gateway.post("/v1/chat/completions", request)));
        assertThat(chunks.getFirst().get("id").asText()).startsWith("chatcmpl-");
        assertThat(chunks).anyMatch(chunk -> chunk.has("system_fingerprint"));
    }

    @Test
    void ask_streamed_givesTheServersTokensAndItsCounts() throws Exception {
        String events = send(gateway.post(
                "/v1/ask", "{\"question\": \"Where is the area?\", \"contextTokens\": 500, \"stream\": true}"));
        JsonNode done = data(events).getLast();
        assertThat(done.get("kind").asText()).isEqualTo("MODEL");
        assertThat(done.at("/usage/estimated").asBoolean()).isFalse();
        assertThat(done.at("/usage/inputTokens").asInt()).isGreaterThan(1_000);
        assertThat(events.split("event: token", -1)).hasSizeGreaterThan(10);
    }

    @Test
    void serverKilledInTheMiddle_endsEachRequestWithAClearError() throws Exception {
        HttpResponse<java.io.InputStream> stream =
                http.send(gateway.post("/v1/chat/completions", asked(2_000, true)), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: ");
            llama.close();
            List<String> rest = lines.lines().toList();
            String last = rest.stream()
                    .filter(line -> line.startsWith("data: "))
                    .toList()
                    .getLast();
            assertThat(last).contains("\"error\"", "'llama' broke off");
        }
        HttpResponse<String> next =
                http.send(gateway.post("/v1/chat/completions", asked(5, true)), BodyHandlers.ofString());
        assertThat(next.statusCode()).as(next.body()).isIn(502, 503);
        assertThat(json.readTree(next.body()).at("/error/message").asText()).contains("'llama'");
    }
}
