package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.BackendPool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The providers' APIs, spoken by the gateway in front of backends that speak as real ones do. */
class GatewayTest {
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    @TempDir
    private Path store;

    private FakeProvider first;
    private FakeProvider second;
    private BackendPool pool;
    private QuarryServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        first = new FakeProvider().saying("It trims ", "[1] and [7].");
        second = new FakeProvider().saying("Another ", "voice [1].");
        BackendConfig one = BackendConfig.of("first", BackendKind.OPENAI, first.url(), "model-one")
                .withRetries(0)
                .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(20));
        BackendConfig two = BackendConfig.of("second", BackendKind.ANTHROPIC, second.url(), "model-two")
                .withRetries(0);
        pool = new BackendPool(List.of(one, two), Map.of());
        server = QuarryServer.start(
                ServerConfig.defaults().withPort(0),
                new MemoryBackend(store),
                new Answering(new Asker(pool, AskSettings.DEFAULT), TraceSettings.DEFAULT),
                List.of());
        client = new TestClient(server, store);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        client.close();
        server.close();
        pool.close();
    }

    private static JsonObject request(String model, String question) {
        return new JsonObject()
                .put("model", model)
                .put("max_tokens", 50)
                .put(
                        "messages",
                        new JsonArray().add(new JsonObject().put("role", "user").put("content", question)));
    }

    private JsonObject post(String path, JsonObject request, int status) {
        HttpResponse<String> response = client.post(path, request.encode());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    /** The data of the events of a stream; of those that are no JSON as they are. */
    private List<String> stream(String path, JsonObject request) {
        HttpResponse<String> response =
                client.post(path, request.copy().put("stream", true).encode());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<String> data = new ArrayList<>();
        for (String line : response.body().lines().toList()) {
            if (line.startsWith("data: ")) {
                data.add(line.substring("data: ".length()));
            }
        }
        return data;
    }

    private static String text(JsonObject completion) {
        return completion
                .getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getString("content");
    }

    @Test
    void completion_asDocument_isOpenAis() {
        JsonObject reply = post(COMPLETIONS, request("auto", "Hello?"), 200);
        assertThat(reply.fieldNames()).containsExactly("id", "object", "created", "model", "choices", "usage");
        assertThat(reply.getString("id")).startsWith("chatcmpl-");
        assertThat(reply.getString("model")).isEqualTo("model-one");
        assertThat(text(reply)).isEqualTo("It trims [1] and [7].");
        assertThat(reply.getJsonArray("choices").getJsonObject(0).getString("finish_reason"))
                .isEqualTo("stop");
        assertThat(reply.getJsonObject("usage"))
                .isEqualTo(new JsonObject("{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}"));
    }

    @Test
    void completion_streamed_hasOpenAisChunks() {
        JsonObject request =
                request("first", "Hello?").put("stream_options", new JsonObject("{\"include_usage\":true}"));
        List<String> data = stream(COMPLETIONS, request);
        assertThat(data).hasSize(6);
        assertThat(data.getLast()).isEqualTo("[DONE]");
        List<JsonObject> chunks =
                data.subList(0, 5).stream().map(JsonObject::new).toList();
        assertThat(chunks).allMatch(chunk -> chunk.getString("object").equals("chat.completion.chunk"));
        assertThat(chunks.stream().map(chunk -> chunk.getString("id")).distinct())
                .hasSize(1);
        List<JsonObject> deltas = chunks.subList(0, 4).stream()
                .map(chunk -> chunk.getJsonArray("choices").getJsonObject(0).getJsonObject("delta"))
                .toList();
        assertThat(deltas.getFirst()).isEqualTo(new JsonObject("{\"role\":\"assistant\",\"content\":\"\"}"));
        assertThat(deltas.get(1).getString("content")).isEqualTo("It trims ");
        assertThat(deltas.get(3)).isEqualTo(new JsonObject());
        assertThat(chunks.get(3).getJsonArray("choices").getJsonObject(0).getString("finish_reason"))
                .isEqualTo("stop");
        assertThat(chunks.get(3).getValue("usage")).isNull();
        assertThat(chunks.get(4).getJsonArray("choices")).isEmpty();
        assertThat(chunks.get(4).getJsonObject("usage").getInteger("total_tokens"))
                .isEqualTo(14);
    }

    @Test
    void message_asDocument_isAnthropics() {
        JsonObject request = request("auto", "Hello?")
                .put("system", new JsonArray("[{\"type\":\"text\",\"text\":\"Be brief.\"}]"))
                .put("stop_sequences", new JsonArray("[\"END\"]"))
                .put("temperature", 0.25);
        JsonObject reply = post(MESSAGES, request, 200);
        assertThat(reply.fieldNames())
                .containsExactly("id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage");
        assertThat(reply.getJsonArray("content").encode())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"It trims [1] and [7].\"}]");
        assertThat(reply.getString("stop_reason")).isEqualTo("end_turn");
        assertThat(reply.getJsonObject("usage").encode()).isEqualTo("{\"input_tokens\":11,\"output_tokens\":3}");
        assertThat(first.seen().getFirst().body()).contains("Be brief.", "END", "0.25", "50");
    }

    @Test
    void message_streamed_hasAnthropicsEvents() {
        first.failing(Fault.TOO_LONG);
        List<JsonObject> events = stream(MESSAGES, request("auto", "Hello?")).stream()
                .map(JsonObject::new)
                .toList();
        assertThat(events)
                .extracting(event -> event.getString("type"))
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_delta",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        JsonObject delta = events.get(6);
        assertThat(delta.getJsonObject("delta").getString("stop_reason")).isEqualTo("max_tokens");
        assertThat(delta.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(3);
    }

    @Test
    void message_endedAtAStopText_saysSoWhereTheBackendDoes() {
        JsonObject toSecond = request("second", "Hello?").put("stop_sequences", new JsonArray("[\"END\"]"));
        second.failing(Fault.STOPPED, Fault.STOPPED);
        JsonObject reply = post(MESSAGES, toSecond, 200);
        assertThat(reply.getString("stop_reason")).isEqualTo("stop_sequence");
        assertThat(reply.getString("stop_sequence")).isEqualTo(FakeProvider.STOP);
        JsonObject delta = stream(MESSAGES, toSecond).stream()
                .map(JsonObject::new)
                .filter(event -> event.getString("type").equals("message_delta"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("delta");
        assertThat(delta.encode()).isEqualTo("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}");
        // A chat completion ends for the same reason at its end and at a stop text.
        first.failing(Fault.STOPPED);
        JsonObject other = post(MESSAGES, toSecond.copy().put("model", "first"), 200);
        assertThat(other.getString("stop_reason")).isEqualTo("end_turn");
        assertThat(other.getValue("stop_sequence")).isNull();
    }

    @Test
    void completion_withContext_citesSourcesAndFlagsThoseThatAreNone() {
        JsonObject reply = post(COMPLETIONS, request("quarry/auto", "What does trim do?"), 200);
        assertThat(text(reply))
                .startsWith("It trims [1] and [7].\n\n---\n")
                .contains("[1] a.Text#trim", "[7] points to no source");
        JsonObject ground = reply.getJsonObject("quarry");
        assertThat(ground.getJsonObject("citations").encode()).isEqualTo("{\"known\":[1],\"unknown\":[7]}");
        assertThat(first.seen().getFirst().body()).contains("BEGIN PIECE 1", "Question: What does trim do?");
        assertThat(client.get("/v1/traces/" + ground.getString("id")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void message_withContextByHeader_keepsTheClientsInstructionsAndHistory() {
        JsonObject request = request("second", "Who calls it?").put("system", "Answer in verse.");
        JsonArray messages = new JsonArray()
                .add(new JsonObject().put("role", "user").put("content", "What is trim?"))
                .add(new JsonObject()
                        .put("role", "assistant")
                        .put("content", "A method [4].\n\n---\nSources, checked by Quarry:\n[4] x"))
                .add(request.getJsonArray("messages").getJsonObject(0));
        request.put("messages", messages);
        HttpRequest sent = HttpRequest.newBuilder(client.postRequest(MESSAGES, request.encode()), (_, _) -> true)
                .header("X-Quarry-Context", "on")
                .build();
        JsonObject reply = new JsonObject(client.send(sent).body());
        assertThat(reply.getJsonArray("content").getJsonObject(0).getString("text"))
                .contains("Another voice [1].", "[1] a.Text#trim");
        assertThat(second.seen().getFirst().body())
                .contains("Answer in verse.", "What is trim?", "A method .", "BEGIN PIECE 1")
                .doesNotContain("checked by Quarry");
        assertThat(first.seen()).isEmpty();
    }

    @Test
    void context_firstQuestionAgain_comesFromTheCacheUnlessItMustNot() {
        first.saying("It trims [1].");
        JsonObject request = request("quarry/auto", "What does trim do?");
        assertThat(kind(request)).isEqualTo("MODEL");
        assertThat(kind(request)).isEqualTo("CACHED");
        assertThat(stream(COMPLETIONS, request)).anyMatch(data -> data.contains("CACHED"));
        assertThat(kind(request.copy().put("temperature", 0.7))).isEqualTo("MODEL");
        assertThat(kind(request.copy().put("max_tokens", 51))).isEqualTo("MODEL");
        assertThat(first.seen()).hasSize(3);
        HttpRequest fresh = HttpRequest.newBuilder(client.postRequest(COMPLETIONS, request.encode()), (_, _) -> true)
                .header("Cache-Control", "no-cache")
                .build();
        assertThat(client.send(fresh).body()).contains("\"kind\":\"MODEL\"");
    }

    private String kind(JsonObject request) {
        return post(COMPLETIONS, request, 200).getJsonObject("quarry").getString("kind");
    }

    @Test
    void withoutContext_sameAgain_isAskedAgain() {
        for (int i = 0; i < 2; i++) {
            post(COMPLETIONS, request("auto", "What does trim do?").put("temperature", 0), 200);
        }
        assertThat(first.seen()).hasSize(2);
    }

    @Test
    void foreignParameters_arePassedOnToBackendsOfTheSameWireFormat() {
        JsonObject tools = request("auto", "Hello?").put("tools", new JsonArray("[{\"type\":\"function\"}]"));
        assertThat(post(COMPLETIONS, tools, 200).getString("id")).isEqualTo("chatcmpl-1");
        assertThat(new JsonObject(first.seen().getLast().body()))
                .isEqualTo(tools.copy().put("model", "model-one"));

        List<String> events = stream(MESSAGES, request("auto", "Hello?").put("top_k", 3));
        assertThat(events.getFirst()).contains("\"id\":\"msg_1\"");
        assertThat(events.getLast()).contains("message_stop");
        assertThat(new JsonObject(second.seen().getLast().body()).getInteger("top_k"))
                .isEqualTo(3);
    }

    @Test
    void foreignParameters_thatNoBackendUnderstands_areRefusedByName() {
        JsonObject image = request("second", "x");
        image.getJsonArray("messages")
                .getJsonObject(0)
                .put("content", new JsonArray("[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"image_url\"}]"));
        JsonObject error = post(COMPLETIONS, image, 400).getJsonObject("error");
        assertThat(error.getString("param")).isEqualTo("messages[0].content[1].type");
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        JsonObject tool = post(MESSAGES, request("first", "x").put("top_k", 3), 400);
        assertThat(tool.getJsonObject("error").getString("message")).contains("'top_k'");
        JsonObject withContext = post(COMPLETIONS, request("quarry/first", "x").put("seed", 3), 400);
        assertThat(withContext.getJsonObject("error").getString("param")).isEqualTo("seed");
        assertThat(first.seen()).isEmpty();
    }

    @Test
    void parametersThatSayNothing_areNoneTheBackendMustKnow() {
        JsonObject request = request("second", "Hello?")
                .put("n", 1)
                .put("tools", new JsonArray())
                .put("presence_penalty", 0.0)
                .putNull("seed");
        assertThat(text(post(COMPLETIONS, request, 200))).isEqualTo("Another voice [1].");
    }

    @Test
    void wrongRequests_areRefusedInTheWordsOfTheFormat() {
        JsonObject unknown = post(COMPLETIONS, request("gpt", "x"), 404).getJsonObject("error");
        assertThat(unknown.getString("code")).isEqualTo("model_not_found");
        assertThat(unknown.getString("message")).contains("auto, first, second, model-one, model-two, quarry/auto");
        JsonObject hot = post(COMPLETIONS, request("auto", "x").put("temperature", 3), 400);
        assertThat(hot.getJsonObject("error").getString("param")).isEqualTo("temperature");
        assertThat(hot.getJsonObject("error").getString("message")).endsWith("from 0 to 2");
        JsonObject role =
                post(MESSAGES, request("auto", "x").put("messages", new JsonArray("[{\"role\":\"x\"}]")), 400);
        assertThat(role.encode()).contains("\"type\":\"error\"", "invalid_request_error", "messages[0].role");
        HttpResponse<String> broken = client.post(COMPLETIONS, "{");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(broken.body()).getJsonObject("error").getString("message"))
                .isNotBlank();
        HttpRequest keyless = HttpRequest.newBuilder(client.uri(MESSAGES))
                .header("Content-Type", "application/json")
                .header("x-api-key", "wrong")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> refused = client.send(keyless);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("\"type\":\"authentication_error\"");
        HttpResponse<String> large = client.post(COMPLETIONS, "\"" + "x".repeat(2 << 20) + "\"");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(new JsonObject(large.body()).getJsonObject("error")).isNotNull();
    }

    @Test
    void models_listTheNamesAsBothFormatsHaveThem() {
        HttpRequest byKey = HttpRequest.newBuilder(client.uri("/v1/models"))
                .header("x-api-key", client.token())
                .build();
        JsonObject models = new JsonObject(client.send(byKey).body());
        assertThat(models.getString("object")).isEqualTo("list");
        assertThat(models.getJsonArray("data").stream().map(model -> ((JsonObject) model).getString("id")))
                .contains("auto", "first", "model-two", "quarry/auto", "quarry/model-one");
        assertThat(models.getJsonArray("models")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RATE_LIMITED", "FAILING", "GARBAGE", "WEB_PAGE", "REFUSING"})
    void faultBeforeTheFirstWord_isAnsweredByTheNextBackend(Fault fault) {
        first.failing(fault, fault);
        assertThat(text(post(COMPLETIONS, request("auto", "Hello?"), 200))).isEqualTo("Another voice [1].");
        assertThat(stream(COMPLETIONS, request("auto", "Hello?"))).anyMatch(data -> data.contains("Another "));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RATE_LIMITED_LONG", "FAILING", "GARBAGE", "REFUSING"})
    void faultOfTheOnlyBackend_isAnErrorWithItsStatusEvenForStreams(Fault fault) {
        int status = fault == Fault.RATE_LIMITED_LONG ? 429 : 502;
        for (boolean streams : new boolean[] {true, false}) {
            first.failing(fault);
            HttpResponse<String> response = client.post(
                    COMPLETIONS, request("first", "x").put("stream", streams).encode());
            if (streams || fault != Fault.RATE_LIMITED_LONG) {
                assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            } else {
                assertThat(response.statusCode()).as("it rests").isEqualTo(503);
            }
            JsonObject error = new JsonObject(response.body()).getJsonObject("error");
            assertThat(error.getString("message")).contains("'first'");
            if (fault == Fault.RATE_LIMITED_LONG) {
                assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow())
                        .isBetween(1L, 61L);
            }
        }
    }

    @Test
    void refusalWithACode_keepsIt() {
        first.failing(Fault.TOO_MUCH);
        JsonObject error = post(COMPLETIONS, request("first", "x"), 400).getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo(FakeProvider.CODE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "ENDLESS"})
    void replyThatBreaksOff_isSaidToBeBroken(Fault fault) {
        first.failing(fault, fault);
        List<String> chunks = stream(COMPLETIONS, request("auto", "x"));
        assertThat(chunks).doesNotContain("[DONE]");
        assertThat(new JsonObject(chunks.getLast()).getJsonObject("error").getString("message"))
                .contains("'first' broke off");
        HttpResponse<String> events =
                client.post(MESSAGES, request("auto", "x").put("stream", true).encode());
        assertThat(events.body()).contains("event: error\n", "\"api_error\"").doesNotContain("message_stop");
        assertThat(second.seen()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "ENDLESS"})
    void documentOrPassedStreamThatBreaksOff_isAnError(Fault fault) {
        first.failing(fault, fault);
        assertThat(post(MESSAGES, request("first", "x"), 502).getString("type")).isEqualTo("error");
        List<String> passed = stream(COMPLETIONS, request("first", "x").put("seed", 1));
        assertThat(passed).doesNotContain("[DONE]");
        assertThat(passed.getLast()).contains("\"error\"");
    }

    @Test
    void noBackend_isAnErrorWithoutContextAndAnExtractWithIt() {
        first.failing(Fault.FAILING);
        second.failing(Fault.FAILING);
        JsonObject reply = post(COMPLETIONS, request("quarry/auto", "What does trim do?"), 200);
        assertThat(text(reply)).contains("no backend could answer", "a.Text#trim");
        assertThat(reply.getJsonObject("quarry").getString("kind")).isEqualTo("EXTRACT");
        first.failing(Fault.FAILING);
        second.failing(Fault.FAILING);
        JsonObject error = post(MESSAGES, request("auto", "x"), 502).getJsonObject("error");
        assertThat(error.getString("message")).contains("'first' failed", "'second' failed");
    }

    @Test
    void clientThatGoesAway_endsTheRequestToTheBackend() throws Exception {
        first.failing(Fault.SLOW);
        JsonObject request = request("first", "x").put("stream", true);
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                InputStream body = client.http()
                        .send(client.postRequest(COMPLETIONS, request.encode()), BodyHandlers.ofInputStream())
                        .body();
                body.close();
            } catch (IOException | InterruptedException gone) {
                Thread.currentThread().interrupt();
            }
        });
        while (first.seen().isEmpty()) {
            Thread.sleep(10);
        }
        asking.interrupt();
        asking.join();
        while (!client.get("/metrics").body().contains("quarry_streams_open 0.0")) {
            Thread.sleep(10);
        }
        first.proceed();
        assertThat(pool.health().getFirst().calls())
                .as("a cancelled try tells nothing")
                .isZero();
        assertThat(pool.health().getFirst().lastFailure()).isEmpty();
    }
}
