package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.schema.FileStatus;
import dev.quarry.server.IndexReport;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real repository, indexed once and asked over HTTP. Vectors are for {@link VectorsTest}. */
class EndToEndTest {
    private static final String LANG = "org.apache.commons.lang3.";
    private static final int ALL_CALLERS = 1_000;

    @TempDir
    private static Path folder;

    private static Path sources;
    private static Workspace workspace;
    private static QuarryServer server;
    private static HttpQuarry http;
    private static IndexReport first;
    private static BytecodeCallers bytecode;

    @BeforeAll
    static void serve() {
        sources = Corpus.COMMONS_LANG.unpackSources(folder.resolve("lang"));
        bytecode = BytecodeCallers.of(Corpus.COMMONS_LANG.classes());
        Path store = sources.resolve(".quarry");
        workspace = Workspace.open(store, WorkspaceOptions.forWriting());
        first = Indexing.index(sources, workspace);
        server = QuarryServer.start(ServerConfig.defaults().withPort(0), workspace);
        http = HttpQuarry.of(server, store);
    }

    @AfterAll
    static void end() {
        http.close();
        server.close();
        workspace.close();
    }

    @Test
    void index_realRepository_readsEveryFileAndBindsEveryCall() throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            long javaFiles =
                    files.filter(file -> file.toString().endsWith(".java")).count();
            assertThat(first.files()).isEqualTo(Map.of(FileStatus.INDEXED, (int) javaFiles));
        }
        assertThat(first.coverage().internal()).isGreaterThan(5_000);
        assertThat(first.coverage().unresolved()).isZero();
    }

    @Test
    void index_again_changesNothing() {
        IndexReport second = Indexing.index(sources, workspace);
        assertThat(second.isUnchanged()).as("%s", second).isTrue();
        assertThat(second.sequence()).isEqualTo(first.sequence());
    }

    @Test
    void index_timesTouchedOnly_changesNothing() throws IOException {
        try (Stream<Path> files = Files.walk(sources.resolve("org"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
            }
        }
        IndexReport touched = Indexing.index(sources, workspace);
        assertThat(touched.isUnchanged()).as("%s", touched).isTrue();
        assertThat(touched.sequence()).isEqualTo(first.sequence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringUtils#isBlank(java.lang.CharSequence)",
                "StringUtils#isEmpty(java.lang.CharSequence)",
                "ArrayUtils#isEmpty(java.lang.Object[])",
                "Validate#isTrue(boolean,java.lang.String,java.lang.Object[])",
                "ObjectUtils#requireNonEmpty(java.lang.Object)",
                "reflect.TypeUtils#isAssignable(java.lang.reflect.Type,java.lang.reflect.Type)",
                "text.StrBuilder#append(java.lang.String)",
                "tuple.Pair#of(java.lang.Object,java.lang.Object)",
                "time.FastDateFormat#getInstance(java.lang.String,java.util.TimeZone,java.util.Locale)"
            })
    void callers_ofMethod_equalThoseInTheClassFiles(String method) {
        HttpQuarry.Answer answer = http.get(HttpQuarry.symbol(LANG + method) + "/callers?limit=" + ALL_CALLERS);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        Set<String> callers = new TreeSet<>();
        for (JsonNode row : answer.json().get("rows")) {
            if (row.get("via").get("kind").asText().equals("CALLS")) {
                callers.add(row.get("symbol").asText());
            }
            assertThat(row.get("file").asText()).endsWith(".java");
            assertThat(row.get("sites")).isNotEmpty();
        }
        assertThat(callers).isEqualTo(bytecode.callersOf(LANG + method));
        assertThat(answer.json().get("truncated").asBoolean()).isFalse();
        assertThat(answer.json().get("coverage").get("calls").get("unresolved").asInt())
                .isZero();
    }

    @Test
    void callers_ofImplementation_haveThoseOfItsInterface() {
        String symbol = LANG + "concurrent.AtomicInitializer#get()";
        JsonNode rows = http.get(HttpQuarry.symbol(symbol) + "/callers?limit=" + ALL_CALLERS)
                .json()
                .get("rows");

        assertThat(rows).anySatisfy(row -> {
            assertThat(row.get("symbol").asText()).startsWith(LANG + "concurrent.ConcurrentUtils#initialize(");
            assertThat(row.get("via").get("kind").asText()).isEqualTo("MAY_DISPATCH");
            assertThat(row.get("via").get("role").asText()).isEqualTo("override");
            assertThat(row.get("sites")).isNotEmpty();
        });
    }

    @Test
    void callers_sites_areWhereTheNameIsWritten() throws IOException {
        JsonNode rows = http.get(HttpQuarry.symbol("StringUtils.isBlank") + "/callers")
                .json()
                .get("rows");
        assertThat(rows).isNotEmpty();
        for (JsonNode row : rows) {
            List<String> lines =
                    Files.readAllLines(sources.resolve(row.get("file").asText()));
            for (JsonNode site : row.get("sites")) {
                assertThat(lines.get(site.get("line").asInt() - 1)).contains("isBlank");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"isBlank", "StringUtils.isBlank", "StringUtils#isBlank(CharSequence)"})
    void search_name_findsTheMethod(String name) {
        assertThat(found(name, 3)).contains(LANG + "StringUtils#isBlank(java.lang.CharSequence)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check whether a string is blank", "is blank"})
    void search_questionInWordsWithoutVectors_findsTheMethod(String question) {
        assertThat(found(question, 3)).contains(LANG + "StringUtils#isBlank(java.lang.CharSequence)");
    }

    private static List<String> found(String question, int limit) {
        HttpQuarry.Answer answer = http.post("/v1/search", Map.of("query", question, "limit", limit));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        List<String> symbols = new ArrayList<>();
        answer.json().get("hits").forEach(hit -> symbols.add(hit.get("symbol").asText()));
        return symbols;
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1_000, 4_000})
    void context_ofQuestion_staysWithinItsBudgetAndCitesItsSources(int budget) throws IOException {
        HttpQuarry.Answer answer =
                http.post("/v1/context", Map.of("query", "check whether a string is blank", "tokens", budget));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().get("tokens").asInt()).isBetween(1, budget);
        assertThat(answer.json().get("pieces")).isNotEmpty();
        for (JsonNode piece : answer.json().get("pieces")) {
            List<String> lines =
                    Files.readAllLines(sources.resolve(piece.get("file").asText()));
            int start = piece.get("startLine").asInt();
            int end = piece.get("endLine").asInt();
            assertThat(end).isBetween(start, lines.size());
            if (piece.get("extent").asText().equals("BODY")) {
                String cited = String.join("\n", lines.subList(start - 1, end));
                assertThat(cited)
                        .contains(piece.get("text")
                                .asText()
                                .strip()
                                .lines()
                                .reduce((_, last) -> last)
                                .orElseThrow());
            }
        }
    }

    @Test
    void query_script_readsTheGraph() {
        String script = "?[name] := *node{name, kind: 'METHOD'}, name = $name :limit 1";
        HttpQuarry.Answer answer =
                http.post("/v1/query", Map.of("script", script, "params", Map.of("name", "isBlank")));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        assertThat(answer.json().get("rows").get(0).get(0).asText()).isEqualTo("isBlank");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?[id] <- [['x']] :put meta {key => value}",
                "::remove node",
                "::kill 1",
                "?[x] := x = [[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]",
                "n[x] := x = 0\nn[x] := n[y], x = y + 1\n?[x] := n[x]",
                "?[a, b, c] := *node{id: a}, *node{id: b}, *node{id: c}",
                "{ ?[x] <- [[1]] } %loop %end",
                "not a script at all \u0000 \"",
            })
    void query_hostileScript_isRefusedAndTheServerAnswersOn(String script) {
        HttpQuarry.Answer answer = http.post("/v1/query", Map.of("script", script, "limits", Map.of("millis", 2_000)));
        assertThat(answer.status()).as("%s", answer.json()).isBetween(400, 499);
        assertThat(answer.json().get("code").asText()).isIn("BAD_INPUT", "LIMIT");
        assertThat(http.get("/health").json().get("state").asText()).isEqualTo("READY");
        assertThat(workspace.graph().sequence()).isEqualTo(first.sequence());
    }

    @Test
    void job_events_streamToTheEnd() {
        HttpQuarry.Answer started = http.post("/v1/index", Map.of("path", sources.toString(), "embed", false));
        assertThat(started.status()).as("%s", started.json()).isEqualTo(202);
        String id = started.json().get("job").get("id").asText();

        String events = http.text("/v1/jobs/" + id + "/events");

        assertThat(events).contains("event: progress").contains("event: end").contains("\"DONE\"");
        JsonNode job = http.get("/v1/jobs/" + id).json().get("job");
        assertThat(job.get("report").get("filesChanged").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "0000000000000000000000000000000000000000000"})
    void request_wrongToken_isRefused(String token) {
        try (HttpQuarry stranger = http.withToken(token)) {
            HttpQuarry.Answer answer = stranger.post("/v1/search", Map.of("query", "isBlank"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().get("code").asText()).isEqualTo("UNAUTHORIZED");
        }
    }
}
