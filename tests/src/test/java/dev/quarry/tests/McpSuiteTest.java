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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's own checks: its conformance suite and its inspector, over HTTP and over the standard streams. */
class McpSuiteTest {
    /**
     * What Quarry does not offer, so that the suite has nothing to check: messages from the server to the client while a
     * call runs (progress, logging, sampling, elicitation), streams of events, subscriptions, and content other than text.
     */
    private static final List<String> NOT_OFFERED = List.of(
            "logging-set-level",
            "tools-call-with-logging",
            "tools-call-with-progress",
            "tools-call-sampling",
            "tools-call-elicitation",
            "elicitation-sep1034-defaults",
            "elicitation-sep1330-enums",
            "server-sse-polling",
            "server-sse-multiple-streams",
            "resources-subscribe",
            "resources-unsubscribe",
            "resources-read-binary",
            "tools-call-image",
            "tools-call-audio",
            "tools-call-mixed-content",
            "tools-call-embedded-resource",
            "prompts-get-embedded-resource",
            "prompts-get-with-image");

    /** A call of each tool; the names are those of {@link Place#small}. */
    private static final Map<String, List<String>> CALLS = new TreeMap<>(Map.of(
            "search", List.of("query=area of a shape", "limit=3"),
            "context", List.of("question=area of a shape", "tokens=500"),
            "symbol", List.of("symbol=Shape1.area"),
            "relations", List.of("symbol=Shape1.area", "relation=callers"),
            "path", List.of("from=Shape0.twice", "to=Shape1.area"),
            "diff_impact", List.of("depth=1"),
            "query", List.of("script=?[kind, count(id)] := *node{id, kind}")));

    @TempDir
    private static Path folder;

    private static NodeTools node;
    private static Place place;

    @BeforeAll
    static void index() throws IOException {
        node = NodeTools.installed("mcp");
        place = Place.small(Files.createDirectory(folder.resolve("place")));
        Indexing.index(place.sources(), place.store());
    }

    @Test
    void conformanceSuite_overHttp_passesWhatApplies() throws IOException {
        try (Workspace workspace = Workspace.open(place.store(), WorkspaceOptions.forReading())) {
            Backend backend = Backend.of(workspace);
            McpEndpoint endpoint = new McpEndpoint(SuiteCatalog.with(QuarryCatalog.over(Graphs.of(backend), "test")));
            try (QuarryServer server =
                            QuarryServer.start(ServerConfig.defaults().withPort(0), backend, List.of(endpoint));
                    NodeTools.Listener proxy = node
                    .new Listener(
                            "token-proxy.mjs",
                            List.of(
                                    Integer.toString(server.port()),
                                    QuarryServer.tokenFile(place.store()).toString()))) {
                conform(proxy, NOT_OFFERED);
            }
        }
    }

    @Test
    void conformanceSuite_overStandardStreams_passesWhatApplies() throws IOException {
        Path script = Quarry.script(folder.resolve("suite"), SuiteCatalog.class.getName());
        try (NodeTools.Listener bridge = node.new Listener("stdio-bridge.mjs", List.of(script.toString()))) {
            // There is no Host header on a pipe.
            conform(
                    bridge,
                    Stream.concat(NOT_OFFERED.stream(), Stream.of("dns-rebinding-protection"))
                            .toList());
        }
    }

    private static void conform(NodeTools.Listener server, List<String> expectedFailures) throws IOException {
        Path baseline = Files.createTempFile(folder, "baseline", ".yml");
        Files.writeString(baseline, "server:\n  - " + String.join("\n  - ", expectedFailures) + "\n");
        Programs.Result result = node.conformance(
                folder,
                "server",
                "--url",
                server.address(),
                "--suite",
                "all",
                "--expected-failures",
                baseline.toString());
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("tools-list", "json-schema-2020-12");
    }

    @Test
    void inspector_overHttp_listsAndCallsEachTool() throws IOException {
        try (ServingProcess serving = ServingProcess.start(place.sources(), place.store(), Map.of())) {
            String token =
                    Files.readString(QuarryServer.tokenFile(place.store())).strip();
            inspect(List.of(
                    "--server-url",
                    serving.address().resolve("/mcp").toString(),
                    "--transport",
                    "http",
                    "--header",
                    "Authorization: Bearer " + token));
        }
    }

    @Test
    void inspector_overStandardStreams_listsAndCallsEachTool() throws IOException {
        Path script = Quarry.script(folder.resolve("quarry"), "dev.quarry.cli.Main");
        inspect(List.of(script.toString(), "mcp", "--store", place.store().toString()));
    }

    private static void inspect(List<String> server) throws IOException {
        List<String> names = new ArrayList<>();
        JsonNode listed = inspected(server, List.of("--method", "tools/list"));
        listed.get("tools").forEach(tool -> names.add(tool.get("name").asText()));
        assertThat(names).containsExactlyInAnyOrderElementsOf(CALLS.keySet());
        for (Map.Entry<String, List<String>> call : CALLS.entrySet()) {
            List<String> words = new ArrayList<>(List.of("--method", "tools/call", "--tool-name", call.getKey()));
            call.getValue().forEach(argument -> words.addAll(List.of("--tool-arg", argument)));
            JsonNode reply = inspected(server, words);
            boolean needsHistory = call.getKey().equals("diff_impact");
            assertThat(reply.path("isError").asBoolean()).as("%s", reply).isEqualTo(needsHistory);
            if (!needsHistory) {
                assertThat(reply.get("structuredContent")
                                .get("standing")
                                .get("sequence")
                                .asLong())
                        .isPositive();
            }
        }
    }

    private static JsonNode inspected(List<String> server, List<String> words) throws IOException {
        List<String> all = new ArrayList<>(server);
        all.addAll(words);
        Programs.Result result = node.inspector(folder, all.toArray(String[]::new));
        int begin = result.output().indexOf('{');
        assertThat(begin).as(result.output()).isNotNegative();
        return new ObjectMapper().readTree(result.output().substring(begin));
    }
}
