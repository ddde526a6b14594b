package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real store, asked itself and through a server: what a command says must not depend on which it was. */
class SameAnswersTest {
    private static final List<String> COMMANDS = List.of(
            "callers B.m",
            "callers B.m --json",
            "callees B.m --limit 6000 --json",
            "search helper --json",
            "context helper --tokens 200 --json",
            "context helper --tokens 200",
            "map --json",
            "model",
            "model --json",
            "query ?[a]:=a=1",
            "index --no-embed --json");

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void index() throws IOException {
        store = directory.resolve(".quarry");
        Files.writeString(directory.resolve("B.java"), """
                package a;

                class B {
                    int m() {
                        return helper(1) + none(2);
                    }

                    int helper(int x) {
                        return x;
                    }
                }
                """);
        Files.writeString(directory.resolve("C.java"), "package a; class C { int n(B b) { return b.m(); } }\n");
        Files.write(directory.resolve("Data.java"), new byte[] {0, 1, 2, 3});
        assertThat(CommandRun.in(directory, "index", "--no-embed").code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void answers_hereAndThroughAServer_areTheSame() {
        Map<String, CommandRun> here = run();
        assertThat(served()).isEqualTo(here);
        assertThat(of(here, "callers B.m").err())
                .contains(": 1 file not read whole, 1 of 3 calls not bound ('quarry status' tells more)\n")
                .doesNotContain("files may be missing");
        assertThat(of(here, "context helper --tokens 200 --json").out()).contains("\"omitted\"");
        assertThat(of(here, "model --json").out()).contains("\"object\" : \"list\"", "\"data\"");
        assertThat(of(here, "index --no-embed --json").out()).contains("\"store\"", "\"coverage\"", "\n  \"files\"");
    }

    @Test
    void answers_ofAStoreWhoseLastRunWasKilled_saySoHereAndThroughAServer() {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            graph.apply(new Delta(List.of(), List.of(), null, null, Map.of("state", "running")));
        }
        List<String> words = COMMANDS.stream()
                .filter(command -> !command.startsWith("index") && !command.startsWith("model"))
                .toList();
        Map<String, CommandRun> here = run(words);
        Map<String, CommandRun> served;
        try (Workspace workspace = Stores.writing(store);
                Serving _ = Serving.start(ServerConfig.defaults().withPort(0), workspace)) {
            served = run(words);
        }
        assertThat(served).isEqualTo(here);
        here.forEach((command, run) -> assertThat(command.endsWith("--json") ? run.out() : run.err())
                .as(command)
                .contains(command.endsWith("--json") ? "\"complete\" : false" : "files may be missing"));
    }

    @Test
    void index_ofRemovedFiles_saysHowManyWereWrittenAndHowManyRemoved() throws IOException {
        Files.delete(directory.resolve("C.java"));
        Files.delete(directory.resolve("Data.java"));
        assertThat(CommandRun.in(directory, "index", "--no-embed").out())
                .containsPattern("^Indexed [01] of 1 files and removed 2 in ");
        Files.writeString(directory.resolve("D.java"), "package a; class D {}\n");
        try (Workspace workspace = Stores.writing(store);
                Serving _ = Serving.start(ServerConfig.defaults().withPort(0), workspace)) {
            assertThat(CommandRun.in(directory, "index", "--no-embed").out())
                    .containsPattern("^Indexed [12] of 2 files in ")
                    .contains("\n  files    2 read\n", "\n  calls    2 sites: 1 in the repository", "\n  store    ");
        }
    }

    private static CommandRun of(Map<String, CommandRun> runs, String command) {
        return Objects.requireNonNull(runs.get(command), command);
    }

    private Map<String, CommandRun> run() {
        return run(COMMANDS);
    }

    private Map<String, CommandRun> served() {
        try (Workspace workspace = Stores.writing(store);
                Serving _ = Serving.start(ServerConfig.defaults().withPort(0), workspace)) {
            return run();
        }
    }

    /** What each command says, without how long it took and who was asked. */
    private Map<String, CommandRun> run(List<String> commands) {
        Map<String, CommandRun> runs = new LinkedHashMap<>();
        for (String command : commands) {
            CommandRun run = CommandRun.in(directory, command.split(" "));
            assertThat(run.code()).as(command + run.err()).isEqualTo(ExitCode.OK);
            runs.put(
                    command,
                    new CommandRun(
                            run.code(),
                            run.out().replaceAll("\"millis\" : \\d+", ""),
                            run.err().replaceAll("(?m)^(the server at|[a-z]+: \\d+ ).*\n", "")));
        }
        return runs;
    }
}
