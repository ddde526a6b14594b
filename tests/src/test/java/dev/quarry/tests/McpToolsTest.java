package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.mcp.Graphs;
import dev.quarry.mcp.McpEndpoint;
import dev.quarry.mcp.QuarryCatalog;
import dev.quarry.server.Backend;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools over a real store, asked as an agent asks them, over HTTP. */
class McpToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REPLY_CHARS_MAX = 60_000;

    @TempDir
    private static Path folder;

    private static Workspace workspace;
    private static QuarryServer server;
    private static HttpQuarry http;
    private static Path store;

    @BeforeAll
    static void serve() throws IOException {
        Path sources =
                Place.small(Files.createDirectory(folder.resolve("place"))).sources();
        git(sources, "init", "-q");
        git(sources, "add", "-A");
        git(sources, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
        store = folder.resolve("store");
        workspace = Workspace.open(store, WorkspaceOptions.forWriting());
        Indexing.index(sources, workspace);
        Path changed = sources.resolve("Shape2.java");
        Files.writeString(changed, Files.readString(changed).replace("width * width", "width * width + 1"));
        Indexing.index(sources, workspace);
        Backend backend = Backend.of(workspace);
        server = QuarryServer.start(
                ServerConfig.defaults().withPort(0),
                backend,
                List.of(new McpEndpoint(QuarryCatalog.over(Graphs.of(backend), "test"))));
        http = HttpQuarry.of(server, store);
    }

    private static void git(Path directory, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.onExit().join().exitValue()).isZero();
    }

    @AfterAll
    static void end() {
        http.close();
        server.close();
        workspace.close();
    }

    private static JsonNode rpc(String method, Map<String, Object> params) {
        HttpQuarry.Answer answer =
                http.post("/mcp", Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode call(String tool, Map<String, Object> arguments) {
        JsonNode json = rpc("tools/call", Map.of("name", tool, "arguments", arguments));
        assertThat(json.has("result")).as("%s", json).isTrue();
        assertThat(json.toString().length()).isLessThan(REPLY_CHARS_MAX);
        return json.get("result");
    }

    /** The tree of an answer. */
    private static JsonNode ask(String tool, Map<String, Object> arguments) {
        JsonNode result = call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        JsonNode tree = result.get("structuredContent");
        assertThat(tree.get("standing").get("sequence").asLong())
                .isEqualTo(workspace.graph().sequence());
        assertThat(result.get("content").get(0).get("text").asText()).contains("As of commit ");
        return tree;
    }

    private static String failure(String tool, Map<String, Object> arguments) {
        JsonNode result = call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as("%s", result).isTrue();
        return result.get("content").get(0).get("text").asText();
    }

    @Test
    void search_words_findsDeclarationsWithStableIds() {
        JsonNode hits = ask("search", Map.of("query", "area of a shape", "kinds", List.of("METHOD")))
                .get("hits");
        assertThat(hits)
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.get("kind").asText()).isEqualTo("METHOD"));
        String id = hits.get(0).get("id").asText();
        assertThat(ask("symbol", Map.of("symbol", id)).get("symbol").get("symbol"))
                .isEqualTo(hits.get(0).get("symbol"));
    }

    @Test
    void symbol_method_hasDocumentationAndSourceWithItsLines() {
        JsonNode tree = ask("symbol", Map.of("symbol", "Shape1.area"));
        assertThat(tree.get("doc").asText()).contains("The area of this shape.");
        assertThat(tree.get("source").get("text").asText()).isEqualTo("""
            public int area() {
                return width * width;
            }
            """);
        assertThat(tree.get("source").get("line").asInt()).isEqualTo(8);
        assertThat(tree.get("symbol").get("file").asText()).isEqualTo("Shape1.java");
    }

    @Test
    void symbol_type_listsMembersAndTheSourceOnlyIfAsked() {
        JsonNode tree = ask("symbol", Map.of("symbol", "Shape1"));
        assertThat(names(tree.get("members")))
                .containsExactly("shapes.Shape1#width", "shapes.Shape1#area()", "shapes.Shape1#twice(shapes.Shape2)");
        assertThat(tree.has("source")).isFalse();
        JsonNode whole = ask("symbol", Map.of("symbol", "Shape1", "source", true));
        assertThat(whole.get("source").get("text").asText())
                .startsWith("public class Shape1 {")
                .endsWith("}\n");
        assertThat(names(ask("symbol", Map.of("symbol", "Shape1.java")).get("members")))
                .containsExactly("shapes.Shape1");
    }

    @Test
    void relations_callers_tellTheLinesOfTheCalls() {
        JsonNode tree = ask("relations", Map.of("symbol", "Shape1.area", "relation", "callers"));
        assertThat(names(tree.get("rows")))
                .containsExactlyInAnyOrder("shapes.Shape0#twice(shapes.Shape1)", "shapes.Shape1#twice(shapes.Shape2)");
        assertThat(tree.get("rows").get(0).get("via").get("lines").get(0).asInt())
                .isEqualTo(13);
        assertThat(tree.get("truncated").asBoolean()).isFalse();
        assertThat(ask("relations", Map.of("symbol", "Shape1.area", "relation", "callers", "limit", 1))
                        .get("truncated")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void path_andContext_leadToTheCode() {
        JsonNode way = ask("path", Map.of("from", "Shape0.twice", "to", "Shape1.area"));
        assertThat(way.get("found").asBoolean()).isTrue();
        assertThat(names(way.get("steps"))).containsExactly("shapes.Shape1#area()");
        assertThat(ask("path", Map.of("from", "Shape1.area", "to", "Shape0.twice"))
                        .get("found")
                        .asBoolean())
                .isFalse();
        JsonNode context = ask("context", Map.of("symbols", List.of("Shape1.twice"), "tokens", 1_000));
        assertThat(names(context.get("pieces"))).contains("shapes.Shape1#twice(shapes.Shape2)");
        assertThat(context.get("tokens").asInt()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void context_asMarkdown_isTheSameInFewerCharacters() {
        Map<String, Object> asked = new HashMap<>(Map.of("symbols", List.of("Shape1.twice"), "tokens", 1_000));
        JsonNode pieces = ask("context", asked);
        asked.put("format", "markdown");
        JsonNode compact = ask("context", asked);
        assertThat(compact.has("pieces")).isFalse();
        assertThat(compact.get("tokens")).isEqualTo(pieces.get("tokens"));
        String markdown = compact.get("markdown").asText();
        assertThat(markdown).contains("### `shapes.Shape1#twice(shapes.Shape2)`", "`Shape1.java`:", "```java");
        pieces.get("pieces")
                .forEach(piece -> assertThat(markdown)
                        .contains(piece.get("text").asText().lines().findFirst().orElseThrow()));
        assertThat(call("context", asked).get("content").get(0).get("text").asText())
                .contains(markdown.strip());
        assertThat(markdown.length()).isLessThan(pieces.get("pieces").toString().length());
        asked.put("format", "xml");
        assertThat(failure("context", asked)).contains("format");
    }

    @Test
    void context_forAModel_isCountedAsThatModelCounts() {
        Map<String, Object> asked = new HashMap<>(Map.of("question", "area of a shape", "tokens", 400));
        asked.put("format", "markdown");
        JsonNode standard = ask("context", asked);
        assertThat(standard.get("counter").has("model")).isFalse();
        asked.put("model", "claude-sonnet-4");
        JsonNode claude = ask("context", asked);
        assertThat(claude.get("counter").get("model").asText()).isEqualTo("claude-sonnet-4");
        assertThat(claude.get("counter").get("marginPercent").asInt())
                .isGreaterThan(standard.get("counter").get("marginPercent").asInt());
        assertThat(claude.get("tokens").asInt()).isLessThanOrEqualTo(400);
        assertThat(claude.get("markdown").asText()).contains("claude-sonnet-4");
    }

    @Test
    void diffImpact_sinceTheCommit_showsWhatChangedAndWhoUsesIt() {
        JsonNode rows = ask("diff_impact", Map.of("depth", 1)).get("rows");
        List<String> told = new ArrayList<>();
        rows.forEach(row ->
                told.add(row.get("part").asText() + " " + row.get("symbol").asText()));
        assertThat(told)
                .contains(
                        "changed shapes.Shape2#area()",
                        "reached shapes.Shape1#twice(shapes.Shape2)",
                        "reached shapes.Shape2#twice(shapes.Shape3)");
    }

    @Test
    void query_manyRows_comeInRepliesThatFitTogether() {
        Map<String, Object> asked =
                new HashMap<>(Map.of("script", "?[a, t] := a in int_range(4000), t = 'row of some length'"));
        asked.put("limit", 5_000);
        List<Integer> seen = new ArrayList<>();
        int replies = 0;
        JsonNode tree;
        do {
            tree = ask("query", asked);
            tree.get("rows").forEach(row -> seen.add(row.get(0).asInt()));
            asked.put("cursor", tree.path("nextCursor").asText());
            replies++;
        } while (tree.has("nextCursor"));
        assertThat(replies).isGreaterThan(2);
        assertThat(seen).hasSize(4_000).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void cursor_ofAnotherQuestion_isRefusedWithTheRemedy() {
        Map<String, Object> asked = Map.of("script", "?[a] := a in int_range(4000)", "limit", 5_000);
        String cursor = ask("query", asked).get("nextCursor").asText();
        assertThat(failure("query", Map.of("script", "?[a] := a in int_range(5000)", "limit", 5_000, "cursor", cursor)))
                .contains("belongs to another question");
        assertThat(failure("query", Map.of("script", "?[a] := a in int_range(4000)", "limit", 5_000, "cursor", "x")))
                .contains("is no cursor");
    }

    @Test
    void failures_sayWhatHelps() {
        assertThat(failure("symbol", Map.of("symbol", "area")))
                .startsWith("AMBIGUOUS")
                .contains("fits 6 symbols", "shapes.Shape3#area()");
        assertThat(failure("symbol", Map.of("symbol", "NoSuchThing")))
                .startsWith("NOT_FOUND")
                .contains("'search'");
        assertThat(failure("context", Map.of())).contains("'question' or 'symbols'");
        assertThat(failure("relations", Map.of("symbol", "Shape1", "relation", "friends")))
                .contains("relation");
        assertThat(failure("query", Map.of("script", ":put node {}"))).startsWith("BAD_INPUT");
        assertThat(failure("search", Map.of("query", "x", "path", "src/Sha")))
                .contains("no file or folder of the index is at 'src/Sha'", "'.' for all");
        assertThat(failure("search", Map.of("query", "x", "package", "sha"))).contains("no package is called 'sha'");
        assertThat(failure("search", Map.of("query", "x", "limit", 100_000))).contains("limit");
    }

    @Test
    void resourcesAndPrompts_areReadAndFilledIn() {
        JsonNode file = rpc("resources/read", Map.of("uri", "quarry://file/Shape1.java"));
        assertThat(file.get("result").get("contents").get(0).get("text").asText())
                .startsWith("package shapes;");
        JsonNode symbol = rpc("resources/read", Map.of("uri", "quarry://symbol/Shape1.area"));
        assertThat(symbol.get("result").get("contents").get(0).get("text").asText())
                .contains("return width * width;");
        JsonNode missing = rpc("resources/read", Map.of("uri", "quarry://file/../../etc/passwd"));
        assertThat(missing.get("error").get("message").asText()).contains("NOT_FOUND");
        JsonNode prompt = rpc("prompts/get", Map.of("name", "explain_symbol", "arguments", Map.of("symbol", "Shape1")));
        assertThat(prompt.get("result")
                        .get("messages")
                        .get(0)
                        .get("content")
                        .get("text")
                        .asText())
                .contains("Explain 'Shape1'");
        JsonNode completed = rpc(
                "completion/complete",
                Map.of(
                        "ref", Map.of("type", "ref/prompt", "name", "explain_symbol"),
                        "argument", Map.of("name", "symbol", "value", "Shape")));
        assertThat(completed.get("result").get("completion").get("values")).hasSize(6);
    }

    @Test
    void http_requestsThatAreNotMeant_areRefused() throws IOException, InterruptedException {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(status(ping, request -> request)).isEqualTo(200);
        assertThat(status(ping, request -> request.setHeader("Authorization", "Bearer wrong")))
                .isEqualTo(401);
        assertThat(status(ping, request -> request.header("Origin", "https://evil.example")))
                .isEqualTo(403);
        assertThat(status(ping, request -> request.header("Origin", "null"))).isEqualTo(403);
        assertThat(status(ping, request -> request.header("Origin", "http://localhost:1")))
                .isEqualTo(200);
        assertThat(status(ping, request -> request.header("MCP-Protocol-Version", "1999-01-01")))
                .isEqualTo(400);
        assertThat(status(ping, request -> request.header("MCP-Protocol-Version", "2025-11-25")))
                .isEqualTo(200);
        assertThat(status(ping, request -> request.GET())).isEqualTo(405);
        assertThat(status(ping, request -> request.DELETE())).isEqualTo(405);
        assertThat(status("[" + ping + "]", request -> request)).isEqualTo(400);
        assertThat(status("nonsense", request -> request)).isEqualTo(400);
        assertThat(status("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", request -> request))
                .isEqualTo(202);
        assertThat(status("\"" + "x".repeat(2 << 20) + "\"", request -> request))
                .isEqualTo(413);
    }

    private static int status(String body, UnaryOperator<HttpRequest.Builder> change)
            throws IOException, InterruptedException {
        String token = Files.readString(QuarryServer.tokenFile(store)).strip();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/mcp"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(change.apply(request).build(), BodyHandlers.ofString());
            assertThat(response.body().isEmpty()
                            || JSON.readTree(response.body()).isObject())
                    .isTrue();
            return response.statusCode();
        }
    }

    private static List<String> names(JsonNode rows) {
        List<String> names = new ArrayList<>();
        rows.forEach(row -> names.add(row.get("symbol").asText()));
        return names;
    }
}
