package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of a repository's history, with and without a server. */
class HistoryCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "base/src/main/java/base/Api.java";
    private static final String BEFORE = """
            package base;
            public class Api implements Shape {
                public int area() {
                    return 1;
                }
                public String name(int x) {
                    return "n" + hidden();
                }
                protected void helper() throws java.io.IOException {}
                public int count;
                public static int gone() {
                    return 3;
                }
                int hidden() {
                    return 2;
                }
                private void inner() {}
                int twin(int x) {
                    return x;
                }
                int twin(long x) {
                    return 0;
                }
            }
            """;
    private static final String MIDDLE = "base/src/main/java/base/Middle.java";
    private static final String LOSING = """
            package base;
            public class Losing extends Middle {}
            """;
    private static final String AFTER = """
            package base;
            // Lines move.
            public class Api {
                public int area() {
                    return 1;
                }
                public CharSequence name(int x) {
                    return "n" + hidden();
                }
                void helper() {}
                public final long count = 1;
                int hidden() {
                    return 4;
                }
            }
            """;
    private static final String TEST = """
            package app;
            import base.Api;
            import org.junit.jupiter.api.Test;
            class ApiTest {
                @Test
                void name_always_isSomething() {
                    new Api().name(1).length();
                }
                @Test
                void gone_never_returns() {
                    Api.gone();
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path sources;
    private Path store;
    private String first = "";
    private String second = "";

    @BeforeEach
    void commit() {
        sources = folder.resolve("sources");
        store = folder.resolve("store");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(7));
        repository.write(API, BEFORE);
        repository.write("app/src/test/java/app/ApiTest.java", TEST);
        repository.write(MIDDLE, "package base;\npublic class Middle {}\n");
        repository.write("base/src/main/java/base/Losing.java", LOSING);
        first = commit(repository);
        repository.git("rm", "-q", MIDDLE);
        repository.write(API, AFTER);
        second = commit(repository);
    }

    private static String commit(GitRepository repository) {
        repository.git("add", "-A");
        repository.git("commit", "-q", "-m", "next");
        return repository.head();
    }

    @Test
    void commands_ofAWalkedHistory_sayTheSameWithAndWithoutAServer() throws IOException {
        Quarry.Result index =
                Quarry.run(folder, "index", "--no-embed", "--history", "--store", store.toString(), sources.toString());
        assertThat(index.status()).as(index.err()).isZero();

        JsonNode diff = local("diff", first.substring(0, 10), "HEAD");
        assertThat(reasons(diff))
                .containsExactlyInAnyOrder(
                        "base.Api supertype lost",
                        "base.Losing supertype lost",
                        "base.Middle removed",
                        "base.Api#name(int) return type changed",
                        "base.Api#helper() less visible",
                        "base.Api#helper() declared exceptions changed",
                        "base.Api#count became final",
                        "base.Api#count type changed",
                        "base.Api#gone() removed");
        assertThat(symbols(diff.get("symbols")))
                .contains("base.Api", "base.Api#hidden()", "base.Api#inner()", "base.Api#gone()")
                .doesNotContain("base.Api#area()", "base.Shape");
        JsonNode log = local("log", "base.Api#hidden()");
        assertThat(commits(log)).containsExactly(second, first);
        assertThat(commits(local("log", "base.Api#gone()"))).startsWith(second);
        JsonNode impact = local("impact", "--diff", first + ".." + second);
        assertThat(symbols(impact.get("tests")))
                .containsExactlyInAnyOrder("app.ApiTest#name_always_isSomething()", "app.ApiTest#gone_never_returns()");
        assertThat(local("impact", "--diff", first).get("tests")).isEqualTo(impact.get("tests"));
        JsonNode callers = local("callers", "Api.gone", "--at", first);
        assertThat(symbols(callers.get("rows"))).containsExactly("app.ApiTest#gone_never_returns()");
        assertThat(callers.get("freshness").get("commit").asText()).isEqualTo(first);
        Quarry.Result unknown = Quarry.run(folder, "status", "--store", store.toString(), "--at", "nowhere");
        assertThat(unknown.status()).isEqualTo(3);
        assertThat(unknown.err()).contains("'nowhere' names no commit");

        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting());
                QuarryServer server = QuarryServer.start(ServerConfig.defaults().withPort(0), workspace);
                HttpQuarry http = HttpQuarry.of(server, store)) {
            assertSame(http, "/v1/diff?limit=1000&from=" + first + "&to=HEAD", diff);
            assertSame(http, HttpQuarry.symbol("base.Api#hidden()") + "/log", log);
            assertSame(http, "/v1/diff/impact?depth=3&from=" + first + "&to=" + second, impact);
            assertSame(http, HttpQuarry.symbol("Api.gone") + "/callers?at=" + first, callers);
            assertThat(http.get("/v1/diff?from=nowhere").status()).isEqualTo(404);
        }
    }

    @Test
    void commands_ofNamesAndStatesThatAreNotThere_sayWhatIs() throws IOException {
        GitRepository.git(sources, "rm", "-q", "-r", "--cached", ".");
        GitRepository.git(sources, "commit", "-q", "-m", "nothing");
        GitRepository.git(sources, "checkout", "-q", "-f", second);
        Quarry.Result index =
                Quarry.run(folder, "index", "--no-embed", "--history", "--store", store.toString(), sources.toString());
        assertThat(index.status()).as(index.err()).isZero();

        Quarry.Result empty = Quarry.run(folder, "status", "--at", "main", "--store", store.toString());
        assertThat(empty.status()).isEqualTo(3);
        assertThat(empty.err()).contains("has no Java file").doesNotContain("quarry index");
        Quarry.Result dots =
                Quarry.run(folder, "impact", "--diff", first + "..." + second, "--store", store.toString());
        assertThat(dots.status()).isEqualTo(2);
        assertThat(dots.err()).contains("three dots");
        Quarry.Result uncalled = Quarry.run(folder, "path", "Api.area", "base.Shape", "--store", store.toString());
        assertThat(uncalled.status()).isEqualTo(2);
        assertThat(uncalled.err()).contains("'base.Shape' is no method or constructor");

        for (String name : List.of("base.Api.gone", "Api.gone", "gone()", "base.Api.gone()")) {
            assertThat(commits(local("log", name))).as(name).startsWith(second);
        }
        Quarry.Result several = Quarry.run(folder, "log", "Api.twin", "--json", "--store", store.toString());
        assertThat(several.status()).isEqualTo(3);
        assertThat(symbols(JSON.readTree(several.out()).get("candidates")))
                .containsExactly("base.Api#twin(int)", "base.Api#twin(long)");
        JsonNode breaking = local("diff", first, second).get("breaking");
        assertThat(breaking).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("file").asText()).as(row.toString()).endsWith(".java");
            assertThat(row.get("line").asInt()).isPositive();
        });
    }

    @Test
    void index_historyWithoutACommit_writesNothing() {
        Path empty = folder.resolve("empty");
        GitRepository.write(empty, "A.java", "class A {}\n");
        GitRepository.git(empty, "init", "-q");

        Quarry.Result index = Quarry.run(folder, "index", "--no-embed", "--history", empty.toString());

        assertThat(index.status()).isEqualTo(2);
        assertThat(index.err()).contains("has no commit yet");
        assertThat(empty.resolve(".quarry")).doesNotExist();
    }

    @Test
    void index_nothingButTheHistoryChanges_saysHowMuch() {
        Indexing.index(sources, store);
        String[] words = {"index", "--no-embed", "--history", "--store", store.toString(), sources.toString()};

        assertThat(Quarry.run(folder, words).out())
                .contains("Nothing but the history has changed", "2 states more, 3 in all");
        assertThat(Quarry.run(folder, words).out())
                .contains("Nothing has changed")
                .doesNotContain("in all");
        String[] json = {"index", "--json", "--no-embed", "--history", "--store", store.toString(), sources.toString()};
        assertThat(Quarry.run(folder, json).out()).contains("\"statesWritten\" : 0", "\"states\" : 3");
    }

    @Test
    void impact_ofEditedFiles_isComparedWithTheCommit() throws IOException {
        Indexing.index(sources, store);
        GitRepository.write(sources, API, AFTER.replace("return 4", "return 5"));
        Indexing.index(sources, store);

        JsonNode impact = local("impact", "--diff");

        assertThat(symbols(impact.get("changed"))).containsExactly("base.Api#hidden()");
        assertThat(symbols(impact.get("rows"))).contains("base.Api#name(int)");
        assertThat(symbols(impact.get("tests"))).containsExactly("app.ApiTest#name_always_isSomething()");
        assertThat(impact.get("to").get("kind").asText()).isEqualTo("SAVE");
        Quarry.Result text = Quarry.run(folder, "impact", "--diff", "--store", store.toString());
        assertThat(text.out()).contains("Api.hidden").contains("ApiTest.name_always_isSomething");
    }

    private static void assertSame(HttpQuarry http, String path, JsonNode local) {
        HttpQuarry.Answer answer = http.get(path);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        for (String member : List.of("from", "to", "breaking", "symbols", "edges", "entries", "rows", "tests")) {
            assertThat(answer.json().get(member)).as(member).isEqualTo(local.get(member));
        }
    }

    private JsonNode local(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--json", "--store", store.toString()));
        Quarry.Result result = Quarry.run(folder, all.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        return JSON.readTree(result.out());
    }

    private static List<String> reasons(JsonNode diff) {
        return StreamSupport.stream(diff.get("breaking").spliterator(), false)
                .map(row -> row.get("symbol").asText() + " " + row.get("reason").asText())
                .toList();
    }

    private static List<String> commits(JsonNode log) {
        return StreamSupport.stream(log.get("entries").spliterator(), false)
                .map(entry -> entry.get("state").get("commit").asText())
                .toList();
    }

    private static List<String> symbols(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get("symbol").asText())
                .toList();
    }
}
