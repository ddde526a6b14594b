package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteSourceTest {
    private static final String STANDING = """
            "coverage": {"files": {"INDEXED": 3, "PARTIAL": 1}, "calls": {"internal": 9}, "unresolved": {}},
            "freshness": {"sequence": 4, "indexedAt": "2026-01-01T00:00:00.125Z", "complete": true, "textSequence": 4,
              "vectorSequence": 3, "embedded": 6, "embeddable": 8, "instant": 7,
              "commit": "0123456789abcdef0123456789abcdef01234567", "watch": {"mode": "OFF"}}""";

    private static final String BEHIND = STANDING.replace("{\"mode\": \"OFF\"}", """
            {"mode": "EVENTS", "dirty": 7, "files": ["a/A.java", "a/B.java"], "lagMillis": 1200,
              "problem": "the disk is full"}""");

    private static final String CALLERS = """
            {"symbol": {"symbol": "a.B#m()", "id": "01", "kind": "METHOD", "file": "src/a/B.java", "line": 3},
             "rows": [{"symbol": "a.C#n(int)", "id": "02", "kind": "METHOD", "file": "src/a/C.java", "line": 10,
               "depth": 1, "via": {"kind": "CALLS", "role": "virtual", "from": "02", "to": "01", "found": "COMPILER"},
               "sites": [{"line": 12, "column": 9}, {"line": 14, "column": 9}]}],
             "truncated": false, %s}""".formatted(STANDING);

    @TempDir
    Path directory;

    private Path store;

    @BeforeEach
    void nameStore() {
        store = directory.resolve(".quarry");
    }

    @Test
    void callers_storeHeldByAServer_asksItWithTheToken() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 200, CALLERS)) {
            CommandRun run = CommandRun.in(directory, "callers", "B.m(Map.Entry)", "--depth", "2");
            assertThat(server.requests())
                    .containsExactly("GET /v1/symbols/B.m%28Map.Entry%29/callers?depth=2&limit=100 Bearer secret ");
            assertThat(run.code()).isEqualTo(ExitCode.OK);
            assertThat(run.out()).isEqualTo("src/a/C.java:12  C.n(int) (and 1 more)\n");
            assertThat(run.err()).isEqualTo("""
                    1 caller of B.m()
                    as of 0123456789ab, indexed 2026-01-01T00:00:00Z: 1 file not read whole ('quarry status' tells more)
                    """);
        }
    }

    @Test
    void callers_rowsAtTheDepthThatWasAsked_sayThatMoreMayLieBehind() throws IOException {
        try (FakeServer _ = FakeServer.holding(store, 200, CALLERS)) {
            assertThat(CommandRun.in(directory, "callers", "B.m").err())
                    .startsWith("1 caller of B.m() within 1 step (--depth N follows further)\n");
            assertThat(CommandRun.in(directory, "callers", "B.m", "--depth", "2")
                            .err())
                    .startsWith("1 caller of B.m()\n");
        }
    }

    @Test
    void callers_json_isTheServersDocument() throws IOException {
        try (FakeServer _ = FakeServer.holding(store, 200, CALLERS)) {
            CommandRun run = CommandRun.in(directory, "callers", "B.m", "--json");
            assertThat(Json.read(run.out())).isEqualTo(Json.read(CALLERS));
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void callers_filesChangedSince_areNamedBehindTheAnswer() throws IOException {
        String reply = CALLERS.replace(STANDING, BEHIND);
        try (FakeServer _ = FakeServer.holding(store, 200, reply)) {
            assertThat(CommandRun.in(directory, "callers", "B.m").err())
                    .contains("not yet in this answer: 7 changed files (a/A.java, a/B.java, …), seen 1,200 ms ago\n")
                    .contains("the disk is full");
            assertThat(Json.read(
                            CommandRun.in(directory, "callers", "B.m", "--json").out()))
                    .isEqualTo(Json.read(reply));
        }
    }

    @Test
    void callers_graphThatLacksSomething_sayWhat() throws IOException {
        String lacking = STANDING.replace("\"complete\": true", "\"complete\": false")
                .replace("\"PARTIAL\": 1", "\"BINARY\": 1, \"TOO_LARGE\": 1, \"UNREADABLE\": 1")
                .replace("{\"internal\": 9}", "{\"internal\": 1990, \"unresolved\": 10}");
        String reply = CALLERS.replace(STANDING, lacking);
        try (FakeServer _ = FakeServer.holding(store, 200, reply)) {
            assertThat(CommandRun.in(directory, "callers", "B.m").err())
                    .contains("an index run has not come to its end, so files may be missing")
                    .contains("Z: 3 files not read whole, 10 of 2,000 calls not bound ('quarry status' tells more)\n");
            assertThat(Json.read(
                            CommandRun.in(directory, "callers", "B.m", "--json").out()))
                    .isEqualTo(Json.read(reply));
        }
    }

    @Test
    void callers_graphThatLacksNothing_sayNothingOfIt() throws IOException {
        String reply = CALLERS.replace(", \"PARTIAL\": 1", "");
        try (FakeServer _ = FakeServer.holding(store, 200, reply)) {
            assertThat(CommandRun.in(directory, "callers", "B.m", "--depth", "2")
                            .err())
                    .isEqualTo("1 caller of B.m()\n");
        }
    }

    @Test
    void callers_limitAboveTheServers_asksForItsMostAndSaysSoWhereThatIsNotAll() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 200, CALLERS)) {
            assertThat(CommandRun.in(directory, "callers", "B.m", "--limit", "6000")
                            .code())
                    .isEqualTo(ExitCode.OK);
            assertThat(server.requests()).singleElement().asString().contains("&limit=5000 ");
        }
        String cut = CALLERS.replace("\"truncated\": false", "\"truncated\": true");
        try (FakeServer _ = FakeServer.holding(store, 200, cut)) {
            assertThat(CommandRun.in(directory, "callers", "B.m", "--limit", "6000")
                            .err())
                    .contains("and there are more: the server gives 5,000 at most");
            assertThat(CommandRun.in(directory, "callers", "B.m").err()).contains("and there are more: raise --limit");
        }
    }

    @Test
    void search_hits_showPlaceScoreAndLegs() throws IOException {
        String reply = """
                {"shape": "words",
                 "hits": [{"symbol": "a.B#m()", "id": "01", "kind": "METHOD", "file": "B.java", "startLine": 3, "endLine": 5,
                  "score": 0.25, "legs": [{"leg": "text", "rank": 2, "score": 7.5, "points": 0.05},
                    {"leg": "vector", "rank": 1, "score": 0.3, "points": 0.3},
                    {"leg": "graph", "score": 0.5, "points": 0.01}], "bonuses": {"prior": -0.11}}],
                 "skipped": [{"leg": "graph", "reason": "nothing to start from"}], %s}""".formatted(STANDING);
        try (FakeServer server = FakeServer.holding(store, 200, reply)) {
            CommandRun run = CommandRun.in(directory, "search", "is it blank", "--limit", "3");
            assertThat(server.requests().getFirst())
                    .isEqualTo("POST /v1/search Bearer secret { \"query\" : \"is it blank\", \"limit\" : 3 }");
            assertThat(run.out()).isEqualTo("B.java:3  B.m()  0.250 (text 2, vector 1)\n");
            assertThat(run.err()).startsWith("without graph: nothing to start from\n");
            CommandRun.in(directory, "search", "x", "--kind", "method,Class", "--since", "HEAD~2", "--code", "main");
            assertThat(server.requests().getLast())
                    .endsWith("{ \"query\" : \"x\", \"limit\" : 10, \"filter\" : { \"kinds\" : [ \"CLASS\", \"METHOD\""
                            + " ], \"code\" : \"MAIN\", \"since\" : \"HEAD~2\" } }");
            assertThat(CommandRun.in(directory, "search", "x", "--visibility", "secret")
                            .err())
                    .contains("--visibility does not know 'secret': it takes public, protected, package, private");
            assertThat(Json.read(
                            CommandRun.in(directory, "search", "x", "--json").out()))
                    .isEqualTo(Json.read(reply));
        }
    }

    @Test
    void search_moreHitsThanThereCanBe_isWrongUsage() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 200, "{}")) {
            CommandRun run = CommandRun.in(directory, "search", "x", "--limit", "201");
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("--limit takes a number from 1 to 200, but '201' was given");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void clones_groups_showSavingAndHowAlike() throws IOException {
        String reply = """
                {"groups": [{"kind": "near", "saving": 7, "count": 2, "members": [
                   {"symbol": "a.B#m()", "id": "01", "kind": "METHOD", "file": "B.java", "startLine": 3, "endLine": 9,
                    "alike": "exact", "similarity": 1.0, "tokens": 60},
                   {"symbol": "a.C#m()", "id": "02", "kind": "METHOD", "file": "C.java", "startLine": 4, "endLine": 10,
                    "alike": "near", "similarity": 0.875, "tokens": 61}]}],
                 "truncated": false, %s}""".formatted(STANDING);
        try (FakeServer server = FakeServer.holding(store, 200, reply)) {
            CommandRun run = CommandRun.in(directory, "clones", "--kind", "near", "--limit", "3");
            assertThat(server.requests())
                    .containsExactly("GET /v1/clones?minLines=5&minTokens=50&limit=3&kind=near Bearer secret ");
            assertThat(run.out())
                    .isEqualTo("2 near, 7 lines to save\nB.java:3  B.m()  exact 1.00\nC.java:4  C.m()  near 0.88\n");
            assertThat(run.err()).startsWith("1 group\n");
            assertThat(Json.read(CommandRun.in(directory, "clones", "--json").out()))
                    .isEqualTo(Json.read(reply));
        }
    }

    @Test
    void clones_unknownKind_isRefused() throws IOException {
        try (FakeServer _ = FakeServer.holding(store, 200, "{}")) {
            CommandRun run = CommandRun.in(directory, "clones", "--kind", "same");
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("exact, renamed or near, but 'same' was given");
        }
    }

    @Test
    void path_none_isNotFound() throws IOException {
        String reply = """
                {"from": {"symbol": "a.B#m()", "id": "01", "kind": "METHOD"},
                 "to": {"symbol": "a.C#n()", "id": "02", "kind": "METHOD"}, "found": false, "steps": [], %s}""".formatted(STANDING);
        try (FakeServer _ = FakeServer.holding(store, 200, reply)) {
            CommandRun run = CommandRun.in(directory, "path", "B.m", "C.n");
            assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run.err()).contains("no way of calls leads from B.m() to C.n()");
        }
    }

    @Test
    void query_rows_areSeparatedByTabs() throws IOException {
        String reply = """
                {"headers": ["kind", "n"], "rows": [["CLASS", 2], ["METHOD", null]], "truncated": false, %s}""".formatted(STANDING);
        try (FakeServer _ = FakeServer.holding(store, 200, reply)) {
            assertThat(CommandRun.in(directory, "query", "?[] := x").out()).isEqualTo("kind\tn\nCLASS\t2\nMETHOD\t\n");
        }
    }

    @Test
    void status_filesNotReadWhole_namesThemAndCountsTheRest() throws IOException {
        String reply = """
                {"headers": [], "rows": [[true, "a/B.java", "PARTIAL", "line 3: no end"], [false, "a/C.java", "BINARY", ""]],
                 "truncated": false, %s}""".formatted(STANDING.replace("\"PARTIAL\": 1", "\"PARTIAL\": 1, \"BINARY\": 4"));
        try (FakeServer server = FakeServer.holding(store, 200, reply)) {
            assertThat(CommandRun.in(directory, "status").out())
                    .contains("not whole  a/B.java  partial, line 3: no end\n           a/C.java  binary\n")
                    .endsWith("           and 3 more\n");
            assertThat(server.requests().getLast()).contains("*file{path, status, problem}");
            JsonObject tree = JsonObject.of(
                    Json.read(CommandRun.in(directory, "status", "--json").out()));
            assertThat(tree.list("unread"))
                    .containsExactly(
                            Json.object("file", "a/B.java", "status", "PARTIAL", "problem", "line 3: no end"),
                            Json.object("file", "a/C.java", "status", "BINARY"));
            assertThat(tree.number("unreadMore")).isEqualTo(3);
        }
    }

    @Test
    void impact_diffOfOneState_goesFromThereToNow() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 200, "{" + STANDING + "}")) {
            for (String[] words : new String[][] {{"v1"}, {"v1..", "--limit", "100"}}) {
                String[] all = Stream.concat(Stream.of("impact", "--json", "--diff"), Stream.of(words))
                        .toArray(String[]::new);
                assertThat(CommandRun.in(directory, all).code()).isEqualTo(ExitCode.OK);
                assertThat(server.requests().getLast())
                        .startsWith("GET /v1/diff/impact?depth=3&limit=100&from=v1 Bearer");
            }
            CommandRun.in(directory, "impact", "--diff", "--depth", "2", "--json");
            assertThat(server.requests().getLast())
                    .startsWith("GET /v1/diff/impact?depth=2&limit=100&from=HEAD Bearer");
        }
    }

    @Test
    void impact_symbolBesideDiff_isNamedAsOneTooMany() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 200, "{}")) {
            CommandRun run = CommandRun.in(directory, "impact", "Money.of", "--diff");
            assertThat(run.code()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("both 'Money.of' and --diff were given", "--diff A..B");
            assertThat(CommandRun.in(directory, "impact").err()).contains("give a SYMBOL or --diff");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void context_markdown_isWrittenAsItIs() throws IOException {
        String reply = """
                {"format": "markdown", "tokens": 12, "budget": 4000, "markdown": "# B\\n", %s}""".formatted(STANDING);
        try (FakeServer _ = FakeServer.holding(store, 200, reply)) {
            assertThat(CommandRun.in(directory, "context", "b").out()).isEqualTo("# B\n");
        }
    }

    @Test
    void callers_ambiguousName_listsTheCandidates() throws IOException {
        String reply = """
                {"type": "urn:quarry:problem:ambiguous", "title": "t", "status": 409, "detail": "d", "instance": "/",
                 "code": "AMBIGUOUS", "candidates": [
                   {"symbol": "a.B#m()", "id": "01", "kind": "METHOD", "file": "a/B.java", "line": 3},
                   {"symbol": "a.B#m(int)", "id": "02", "kind": "METHOD", "file": "a/B.java", "line": 8}]}""";
        try (FakeServer _ = FakeServer.holding(store, 409, reply)) {
            CommandRun run = CommandRun.in(directory, "callers", "m");
            assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run.err())
                    .contains("'m' fits 2 symbols")
                    .contains("a.B#m()  a/B.java:3")
                    .contains("a.B#m(int)  a/B.java:8");
        }
    }

    @Test
    void callers_problemFromTheServer_isItsExitCode() throws IOException {
        try (FakeServer _ =
                FakeServer.holding(store, 404, "{\"code\": \"NOT_FOUND\", \"detail\": \"no such symbol\"}")) {
            CommandRun run = CommandRun.in(directory, "callers", "m");
            assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run.err()).isEqualTo("quarry: no such symbol\n");
        }
    }

    @Test
    void context_tokensOutOfRange_namesTheBoundsThatHold() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 200, "{}")) {
            for (String tokens : List.of("abc", "100", "200001")) {
                CommandRun run = CommandRun.in(directory, "context", "x", "--tokens", tokens);
                assertThat(run.code()).isEqualTo(ExitCode.USAGE);
                assertThat(run.err()).contains("from 200 to 200000");
            }
            assertThat(server.requests()).noneMatch(request -> request.contains("/v1/context"));
        }
    }

    @Test
    void callers_serverGone_isTheStoresTrouble() throws IOException {
        FakeServer.holding(store, 200, CALLERS).close();
        CommandRun run = CommandRun.in(directory, "callers", "m");
        assertThat(run.code()).isEqualTo(ExitCode.STORE);
        assertThat(run.err()).contains("does not answer (connection refused)");
    }

    @Test
    void commands_ofNamesWithoutLetters_sayTheSameAsWithoutAServer() throws IOException {
        try (FakeServer server = FakeServer.holding(store, 400, "{\"detail\": \"the server's\"}")) {
            for (String name : List.of(".", "..", "", " ")) {
                String noSymbol = "'" + name.strip() + "' is no symbol: write a name such as StringUtils.isBlank";
                for (String command : List.of("callers", "impact", "clones", "log")) {
                    assertRefused(noSymbol, command, name);
                }
                assertRefused(noSymbol, "path", name, "B.m");
                assertRefused(noSymbol, "path", "B.m", name);
            }
            assertRefused("the search text is empty", "search", " ");
            assertRefused("nothing is asked for", "context", "");
            assertRefused("the query is empty", "query", "");
            assertThat(server.requests()).isEmpty();
        }
    }

    private void assertRefused(String message, String... words) {
        CommandRun run = CommandRun.in(directory, words);
        assertThat(run.err()).as(String.join(" ", words)).startsWith("quarry: " + message);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    }
}
