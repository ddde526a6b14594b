package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.llm.BackendPool;
import dev.quarry.rag.CacheQuestion;
import dev.quarry.rag.CacheScope;
import dev.quarry.rag.Citation;
import dev.quarry.rag.NewAnswer;
import dev.quarry.rag.SearchRequest;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.UnresolvedReason;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation of the contract, asked over HTTP; each reply held against the contract. */
class ContractTest {
    private final Vertx vertx = Vertx.vertx();
    private final OpenAPIContract contract =
            Contract.load(vertx).toCompletionStage().toCompletableFuture().join();
    private final Set<String> asked = new HashSet<>();

    @TempDir
    private Path store;

    private MemoryBackend backend;
    private QuarryServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        backend = new MemoryBackend(store);
        Asker extracts = new Asker(new BackendPool(List.of(), Map.of()), AskSettings.DEFAULT);
        server = QuarryServer.start(
                ServerConfig.defaults().withPort(0),
                backend,
                new Answering(extracts, TraceSettings.DEFAULT),
                List.of());
        client = new TestClient(server, store);
    }

    @AfterEach
    void stop() {
        backend.release.countDown();
        client.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void operations_eachAsked_answerAsTheContractSays() {
        String trim = TestClient.encode("a.Text#trim(java.lang.String)");
        valid("findSymbols", 200, client.get("/v1/symbols?name=trim"));
        valid("getSymbol", 200, client.get("/v1/symbols/" + trim));
        for (String relation : List.of("Callers", "Callees", "Implementations", "Subtypes", "Impact")) {
            String path = relation.toLowerCase(Locale.ROOT);
            valid("get" + relation, 200, client.get("/v1/symbols/" + trim + "/" + path + "?depth=3&limit=9"));
        }
        valid("getSymbolClones", 200, client.get("/v1/symbols/" + trim + "/clones?limit=9"));
        valid("getClones", 200, client.get("/v1/clones?kind=near&minLines=3&minTokens=20&limit=9"));
        valid("getPath", 200, client.get("/v1/symbols/main/path?to=isBlank"));
        valid("getSymbolLog", 200, client.get("/v1/symbols/main/log?limit=9"));
        valid("getDiff", 200, client.get("/v1/diff?from=HEAD~1&to=HEAD&limit=9"));
        valid("getDiffImpact", 200, client.get("/v1/diff/impact?depth=2&limit=9"));
        valid(
                "search",
                200,
                client.post("/v1/search", "{\"query\": \"where is trim\", \"filter\": {\"kinds\": [\"METHOD\"]}}"));
        valid("context", 200, client.post("/v1/context", "{\"symbols\": [\"isBlank\"], \"tokens\": 200}"));
        valid("getMap", 200, client.get("/v1/map?tokens=500"));
        valid("ask", 200, client.post("/v1/ask", "{\"question\": \"What does trim do?\", \"contextTokens\": 500}"));
        valid("ask", 200, client.post("/v1/ask", "{\"question\": \"What does trim do?\", \"stream\": true}"));
        String chat = "{\"model\": \"quarry/auto\", \"messages\": [{\"role\": \"user\", \"content\": \"trim?\"}]";
        valid("createChatCompletion", 200, client.post("/v1/chat/completions", chat + "}"));
        valid("createChatCompletion", 200, client.post("/v1/chat/completions", chat + ", \"stream\": true}"));
        valid("createChatCompletion", 400, client.post("/v1/chat/completions", chat + ", \"seed\": 1}"));
        valid("createMessage", 200, client.post("/v1/messages", chat + ", \"max_tokens\": 9}"));
        valid("createMessage", 400, client.post("/v1/messages", chat + "}"));
        HttpResponse<String> traces = client.get("/v1/traces?text=trim&limit=1");
        valid("getTraces", 200, traces);
        JsonObject trace = new JsonObject(traces.body()).getJsonArray("traces").getJsonObject(0);
        valid("getTrace", 200, client.get("/v1/traces/" + trace.getString("id")));
        valid(
                "query",
                200,
                client.post("/v1/query", "{\"script\": \"?[a] <- [[$a]]\", \"params\": {\"a\": [1, null]}}"));
        valid("collectGarbage", 200, client.post("/v1/gc", "{\"dryRun\": true, \"keepVectors\": 0}"));
        cache();
        valid("getHealth", 200, client.get("/health"));
        valid("getMetrics", 200, client.get("/metrics"));
        valid("getRepository", 200, client.get("/v1/repository"));
        HttpResponse<String> job = client.post("/v1/index", "{\"embed\": false}");
        valid("startIndex", 202, job);
        String path = job.headers().firstValue("Location").orElseThrow();
        valid("getJob", 200, client.get(path));
        valid("cancelJob", 202, client.delete(path));
        valid("getJobEvents", 200, client.get(path + "/events"));
        valid("getJob", 200, client.get(path));
        valid("pauseVectors", 200, client.post("/v1/vectors", "{\"paused\": true}"));
        valid("getVectors", 200, client.get("/v1/vectors"));
        valid("useModel", 202, client.post("/v1/models", "{\"use\": \"model@2\"}"));
        valid("getModels", 200, client.get("/v1/models"));

        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(contract.operations().stream()
                        .map(Operation::getOperationId)
                        .toList());
    }

    private void cache() {
        float[] vector = {1, 2, 3};
        CacheQuestion question =
                new CacheQuestion("How does it work?", new CacheScope("", "r", "main", "m", "1"), 1, vector);
        Citation citation = Citation.ofSyntax(NodeId.of(NodeKind.CLASS, "a.Text", ""), ContentHash.ofText("x"));
        String id = backend.answers()
                .keep(question, new NewAnswer("so", List.of(citation), 10, 0.1, Duration.ofSeconds(1)))
                .orElseThrow();
        valid("getCache", 200, client.get("/v1/cache"));
        HttpResponse<String> entries = client.get("/v1/cache/answers?limit=5&skip=0");
        valid("getCachedAnswers", 200, entries);
        assertThat(new JsonObject(entries.body()).getJsonArray("answers")).hasSize(1);
        String path = "/v1/cache/answers/" + id;
        valid(
                "changeCachedAnswer",
                200,
                client.post(path, "{\"pinned\": true, \"right\": false, \"similarity\": 0.9}"));
        valid("changeCachedAnswer", 404, client.post("/v1/cache/answers/none", "{\"pinned\": true}"));
        valid("changeCachedAnswer", 404, client.post("/v1/cache/answers/none", "{}"));
        valid("changeCachedAnswer", 200, client.post(path, "{}"));
        String served = "{\"answer\": \"" + id + "-0.9000-00000000\", \"right\": true}";
        valid("judgeAnswer", 200, client.post("/v1/cache/feedback", served));
        valid("judgeAnswer", 400, client.post("/v1/cache/feedback", "{\"answer\": \"none\", \"right\": true}"));
        valid("purgeCache", 400, client.post("/v1/cache/purge", "{\"what\": \"answer\"}"));
        valid("purgeCache", 404, client.post("/v1/cache/purge", "{\"what\": \"model\", \"name\": \"none\"}"));
        HttpResponse<String> purged =
                client.post("/v1/cache/purge", "{\"what\": \"answer\", \"name\": \"" + id + "\"}");
        valid("purgeCache", 200, purged);
        assertThat(new JsonObject(purged.body()).getInteger("dropped")).isEqualTo(1);
        valid("purgeCache", 404, client.post("/v1/cache/purge", "{\"what\": \"answer\", \"name\": \"" + id + "\"}"));
    }

    @Test
    void job_doneAndFailed_answerAsTheContractSays() {
        HttpResponse<String> first = client.post("/v1/index", "");
        backend.release.countDown();
        String path = first.headers().firstValue("Location").orElseThrow();
        client.get(path + "/events");
        HttpResponse<String> done = client.get(path);
        valid("getJob", 200, done);
        assertThat(new JsonObject(done.body()).getJsonObject("job").getString("state"))
                .isEqualTo("DONE");
    }

    @Test
    void problems_ofEachOperation_areProblemDetails() {
        problem("getSymbol", 404, "NOT_FOUND", client.get("/v1/symbols/nothingIsCalledSo"));
        problem("getSymbol", 404, "NOT_FOUND", client.get("/v1/symbols/00000000000000000000000000000001"));
        problem("getCallers", 409, "AMBIGUOUS", client.get("/v1/symbols/trim/callers"));
        problem("getCallers", 400, "BAD_INPUT", client.get("/v1/symbols/main/callers?depth=0"));
        problem("getCallers", 400, "BAD_INPUT", client.get("/v1/symbols/main/callers?depth=1000"));
        problem("getCallers", 400, "BAD_INPUT", client.get("/v1/symbols/main/callers?limit=many"));
        problem("getClones", 400, "BAD_INPUT", client.get("/v1/clones?kind=similar"));
        problem("getClones", 400, "BAD_INPUT", client.get("/v1/clones?minTokens=1"));
        problem("getClones", 400, "BAD_INPUT", client.get("/v1/clones?limit=1000000"));
        problem("getSymbolClones", 404, "NOT_FOUND", client.get("/v1/symbols/nothingIsCalledSo/clones"));
        problem("getPath", 400, "BAD_INPUT", client.get("/v1/symbols/main/path"));
        problem("getDiff", 400, "BAD_INPUT", client.get("/v1/diff"));
        problem("getSymbolLog", 404, "NOT_FOUND", client.get("/v1/symbols/nothingIsCalledSo/log"));
        problem("findSymbols", 400, "BAD_INPUT", client.get("/v1/symbols"));
        problem("search", 400, "BAD_INPUT", client.post("/v1/search", "{\"query\": "));
        problem("search", 400, "BAD_INPUT", client.post("/v1/search", "{}"));
        problem("search", 400, "BAD_INPUT", client.post("/v1/search", "{\"query\": \" \"}"));
        problem("search", 400, "BAD_INPUT", client.post("/v1/search", "{\"query\": \"x\", \"what\": 1}"));
        problem(
                "search",
                400,
                "BAD_INPUT",
                client.post("/v1/search", "{\"query\": \"x\", \"filter\": {\"kinds\": [\"THING\"]}}"));
        problem("context", 400, "BAD_INPUT", client.post("/v1/context", "{\"tokens\": 10}"));
        problem("context", 400, "BAD_INPUT", client.post("/v1/context", "{\"query\": \"x\", \"tokens\": 1000000000}"));
        problem("getMap", 400, "BAD_INPUT", client.get("/v1/map?tokens=10"));
        problem("getTrace", 404, "NOT_FOUND", client.get("/v1/traces/none"));
        problem("ask", 400, "BAD_INPUT", client.post("/v1/ask", "{\"question\": \" \"}"));
        problem("ask", 404, "NOT_FOUND", client.post("/v1/ask", "{\"question\": \"x\", \"conversation\": \"none\"}"));
        String unknown = "{\"question\": \"x\", \"backend\": \"none\"}";
        problem("ask", 404, "NOT_FOUND", client.post("/v1/ask", unknown));
        problem("query", 400, "BAD_INPUT", client.post("/v1/query", "{\"script\": \"x\", \"params\": {\"a\": {}}}"));
        problem("getJob", 404, "NOT_FOUND", client.get("/v1/jobs/none"));
        problem("cancelJob", 404, "NOT_FOUND", client.delete("/v1/jobs/none"));
        problem("getJobEvents", 404, "NOT_FOUND", client.get("/v1/jobs/none/events"));
        problem("startIndex", 400, "BAD_INPUT", client.post("/v1/index", "{\"path\": \"relative\"}"));
        problem("startIndex", 400, "BAD_INPUT", client.post("/v1/index", "{\"path\": \"/no/such/directory\"}"));
        problem("startIndex", 400, "BAD_INPUT", client.post("/v1/index", "{\"path\": \"/a\\u0000b\"}"));
    }

    @Test
    void ambiguity_ofAName_listsTheCandidates() {
        JsonObject problem = new JsonObject(client.get("/v1/symbols/trim").body());
        assertThat(problem.getJsonArray("candidates").stream().map(c -> ((JsonObject) c).getString("symbol")))
                .containsExactlyInAnyOrder("a.Text#trim(java.lang.String)", "a.Text#trim(java.lang.String,int)");
    }

    @Test
    void unmatched_pathOrMethod_isAProblem() {
        problem("getJob", 404, "NOT_FOUND", client.get("/v2/nothing"));
        problem("getJob", 405, "BAD_INPUT", client.delete("/v1/search"));
        assertThat(client.delete("/v1/search").body()).contains("\"instance\":\"/v1/search\"");
    }

    @Test
    void rows_ofCallers_tellDepthEdgeAndSites() {
        String path = "/v1/symbols/" + TestClient.encode("isBlank(CharSequence)") + "/callers?depth=2";
        JsonObject reply = new JsonObject(client.get(path).body());
        assertThat(reply.getJsonObject("symbol").getString("symbol"))
                .isEqualTo("a.Text#isBlank(java.lang.CharSequence)");
        assertThat(reply.getJsonArray("rows")).hasSize(2);
        JsonObject second = reply.getJsonArray("rows").getJsonObject(1);
        assertThat(second.getString("symbol")).isEqualTo("a.Text#trim(java.lang.String,int)");
        assertThat(second.getInteger("depth")).isEqualTo(2);
        assertThat(second.getJsonObject("via").getString("kind")).isEqualTo("CALLS");
        assertThat(second.getJsonArray("sites").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"line\":3,\"column\":5}"));
        assertThat(reply.getBoolean("truncated")).isFalse();
    }

    @Test
    void symbol_namedWithSlashesAndReservedCharacters_isDecodedOnce() {
        JsonObject reply = new JsonObject(client.get("/v1/symbols/" + TestClient.encode("a/b%2F?#;é .Text"))
                .body());
        assertThat(reply.getString("detail")).contains("a/b%2F?#;é .Text");
    }

    @Test
    void query_values_surviveTheWay() {
        String params = "{\"bytes\": {\"hex\": \"00ff\"}, \"list\": [1, 2.5, \"x\", true, null]}";
        String script =
                "{\"script\": \"x\", \"params\": " + params + ", \"limits\": {\"rows\": 7, \"millis\": 999999999}}";
        JsonObject reply = new JsonObject(client.post("/v1/query", script).body());
        assertThat(reply.getJsonArray("rows").getJsonArray(0).getString(1)).isEqualTo("00ff");
        assertThat(reply.getJsonArray("rows").getJsonArray(1).getJsonArray(1).encode())
                .isEqualTo("[1,2.5,\"x\",true,null]");
        assertThat(reply.getJsonArray("rows").getJsonArray(2).getJsonArray(1).encode())
                .as("the server's limit of time holds")
                .isEqualTo("[7,10000]");
    }

    @Test
    void context_asMarkdown_hasNoPieces() {
        HttpResponse<String> response =
                client.post("/v1/context", "{\"query\": \"q\", \"tokens\": 200, \"format\": \"markdown\"}");
        valid("context", 200, response);
        JsonObject reply = new JsonObject(response.body());
        assertThat(reply.getString("markdown")).isEqualTo("# q");
        assertThat(reply.containsKey("pieces")).isFalse();
    }

    @Test
    void context_forAModel_saysHowTokensAreCountedAndWhatCommitItIsOf() {
        HttpResponse<String> response = client.post(
                "/v1/context", "{\"symbols\": [\"a.Text#isBlank\"], \"tokens\": 200, \"model\": \"gpt-4\"}");
        valid("context", 200, response);
        JsonObject reply = new JsonObject(response.body());
        assertThat(reply.getJsonObject("counter"))
                .isEqualTo(new JsonObject("{\"model\":\"gpt-4\",\"vocabulary\":\"cl100k_base\",\"marginPercent\":0}"));
        assertThat(reply.getJsonArray("pieces").getJsonObject(0).getString("commit"))
                .isEqualTo(reply.getJsonObject("freshness").getString("commit"));
    }

    @Test
    void contract_closedSets_areTheSchemas() {
        assertThat(closedSet("NodeKind")).isEqualTo(names(NodeKind.values()));
        assertThat(closedSet("EdgeKind")).isEqualTo(names(EdgeKind.values()));
        assertThat(closedSet("ErrorCode")).isEqualTo(names(ErrorCode.values()));
        List<?> statuses = schema("FileCounts")
                .getJsonObject("propertyNames")
                .getJsonArray("enum")
                .getList();
        assertThat(statuses).isEqualTo(names(FileStatus.values()));
        List<?> reasons = schema("UnresolvedCounts")
                .getJsonObject("propertyNames")
                .getJsonArray("enum")
                .getList();
        assertThat(reasons).isEqualTo(names(UnresolvedReason.values()));
    }

    @Test
    void contract_limitOfASearch_isTheRangeOfSearches() {
        JsonObject limit = schema("SearchRequest").getJsonObject("properties").getJsonObject("limit");
        assertThat(limit.getInteger("minimum")).isEqualTo(1);
        assertThat(limit.getInteger("maximum")).isEqualTo(SearchRequest.LIMIT_MAX);
        valid("search", 200, client.post("/v1/search", "{\"query\": \"x\", \"limit\": 200}"));
        HttpResponse<String> more = client.post("/v1/search", "{\"query\": \"x\", \"limit\": 201}");
        problem("search", 400, "BAD_INPUT", more);
        assertThat(more.body()).contains("'limit'", "200");
    }

    @Test
    void contract_textOfASearch_mayBeLongerIfItIsAStackTrace() {
        for (String request : List.of("SearchRequest", "ContextRequest")) {
            JsonObject query = schema(request).getJsonObject("properties").getJsonObject("query");
            assertThat(query.getInteger("maxLength")).isEqualTo(SearchRequest.TRACE_MAX_CHARS);
        }
        String trace = "at a.b.Far.go(Far.java:1) ".repeat(400);
        valid("search", 200, client.post("/v1/search", "{\"query\": \"" + trace + "\"}"));
        valid("context", 200, client.post("/v1/context", "{\"tokens\": 500, \"query\": \"" + trace + "\"}"));
    }

    private JsonObject schema(String name) {
        return contract.getRawContract()
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(name);
    }

    private List<?> closedSet(String name) {
        return schema(name).getJsonArray("enum").getList();
    }

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toList();
    }

    private void problem(String operation, int status, String code, HttpResponse<String> response) {
        valid(operation, status, response);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
    }

    private void valid(String operation, int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(operation + ": " + response.body()).isEqualTo(status);
        asked.add(operation);
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        String type = response.headers().firstValue("Content-Type").orElseThrow();
        String sent = type.split(";")[0];
        String media = Contract.UNDERSTOOD.getOrDefault(sent, sent);
        if (!media.endsWith("json")) {
            assertThat(contract.operation(operation).getResponse(status).getContent())
                    .containsKey(media);
            return;
        }
        ValidatableResponse reply = ValidatableResponse.create(status, headers, Buffer.buffer(response.body()), media);
        try {
            ResponseValidator.create(vertx, contract)
                    .validate(reply, operation)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError(operation + " answered " + response.body(), e.getCause());
        }
    }
}
