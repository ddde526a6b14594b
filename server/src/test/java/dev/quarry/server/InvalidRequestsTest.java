package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said, over HTTP, of requests that the contract does not allow. */
class InvalidRequestsTest {
    @TempDir
    private Path store;

    private QuarryServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = QuarryServer.start(ServerConfig.defaults().withPort(0), new MemoryBackend(store));
        client = new TestClient(server, store);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | the body lacks the member 'query': add it",
                "{ | the body is no well-formed JSON: check its brackets",
                "[] | the body is of the type array: give object",
                "{\"query\": 5} | the member 'query' is of the type number: give string",
                "{\"query\": \"x\", \"limit\": \"x\"} | the member 'limit' is of the type string: give integer",
                "{\"query\": \"x\", \"limit\": 0} | the member 'limit' has a wrong value: ",
                "{\"query\": \"x\", \"what\": 1} | the member 'what' is not known here: leave it out",
                "{\"query\": \"x\", \"filter\": {\"kinds\": [\"X\"]}} | the member 'filter.kinds[0]' has a wrong value",
            })
    void search_bodyThatTheContractForbids_namesTheMember(String body, String said) {
        HttpResponse<String> response = client.post("/v1/search", body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo("BAD_INPUT");
        assertThat(problem.getString("detail")).startsWith(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/symbols | the query parameter 'name' is missing: add it",
                "/v1/symbols/main/path | the query parameter 'to' is missing: add it",
                "/v1/symbols/main/callers?limit=0 | the query parameter 'limit' has a wrong value: ",
                "/v1/symbols/main/callers?limit=many | the query parameter 'limit' ",
                "/v1/symbols/main/callers?limt=5 | the query parameter 'limt' is not known here: leave it out",
                "/v1/symbols/main/callers?limit=1&limit=9 | the query parameter 'limit' is given more than once",
                "/health?verbose | the query parameter 'verbose' is not known here: leave it out",
            })
    void get_parameterThatTheContractForbids_namesTheParameter(String path, String said) {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail"))
                .startsWith(said)
                .contains("openapi.yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 18446744073709551618",
        "depth, 18446744073709551617",
        "limit, 99999999999999999999",
        "depth, 4294967297",
    })
    void get_numberThatNoMachineWordHolds_isSaidAsItIs(String name, String number) {
        HttpResponse<String> response = client.get("/v1/symbols/main/callers?" + name + "=" + number);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail"))
                .startsWith(name + " is " + number + ", but this server allows at most ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"say \"hi", "[1]", "{", "\"x", "\"x\"", "null", "5", "true", "a b", "100%", "1+1", "%41"})
    void text_thatLooksLikeJson_isTextStill(String text) {
        String encoded = TestClient.encode(text);
        HttpResponse<String> traces = client.get("/v1/traces?text=" + encoded);
        assertThat(traces.statusCode()).as(traces.body()).isEqualTo(200);
        assertThat(hint("/v1/symbols?name=" + encoded, "hint")).contains("'" + text + "'");
        assertThat(hint("/v1/symbols/" + encoded, "detail")).contains("'" + text + "'");
        assertThat(hint("/v1/symbols/main/path?to=" + encoded, "detail")).contains("'" + text + "'");
    }

    private String hint(String path, String member) {
        return new JsonObject(client.get(path).body()).getString(member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/search | {\"query\": \"x\", \"filter\": {\"since\": \"\"}} | the member 'filter.since' has a",
                "/v1/index | {\"history\": {\"limit\": 4294967297}} | the member 'history.limit' has a wrong value",
                "/v1/index | {\"maxFileMib\": 513} | the member 'maxFileMib' has a wrong value",
                "/v1/cache/purge | {\"what\": \"all\", \"name\": \"x\"} | 'name' goes with 'what' answer or model",
                "/v1/cache/purge | {\"name\": \"x\"} | 'name' goes with 'what' answer or model",
            })
    void post_memberThatCannotHold_isRefused(String path, String body, String said) {
        HttpResponse<String> response = client.post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail")).startsWith(said);
    }

    @Test
    void search_withoutABody_saysThatItIsMissing() {
        HttpResponse<String> response = client.post("/v1/search", "");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail")).contains("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void gateway_bodyThatIsNoObject_isTheFormatsError(String path) {
        assertThat(message(path, "[]")).startsWith("the body is of the type array: give object");
        assertThat(message(path, "{")).startsWith("the body is no well-formed JSON");
        assertThat(message(path, "{}")).contains("'m");
    }

    /** Clients of the providers add parameters of their own. */
    @Test
    void gateway_withAParameterOfAClient_readsTheBody() {
        assertThat(message("/v1/messages?beta=true", "{")).startsWith("the body is no well-formed JSON");
    }

    private String message(String path, String body) {
        HttpResponse<String> response = client.post(path, body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonObject error = new JsonObject(response.body()).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        return error.getString("message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /v1/search | POST",
                "DELETE | /v1/symbols/main | GET, HEAD",
                "PUT | /v1/vectors | GET, HEAD, POST",
                "PUT | /v1/jobs/1 | DELETE, GET, HEAD",
                "GET | /v1/messages | POST",
                "HEAD | /v1/search | POST",
                "POST | /health | GET, HEAD",
            })
    void path_askedByAnotherMethod_tellsItsMethods(String method, String path, String allowed) {
        HttpResponse<String> response = client.send(client.request(path)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().allValues("Allow")).containsExactly(allowed);
    }
}
