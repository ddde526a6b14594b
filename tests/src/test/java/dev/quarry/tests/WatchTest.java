package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.WatchOptions;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose repository is edited: it follows without being asked, and ends where a clean index would. */
class WatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FILES = 60;

    @TempDir
    private Path folder;

    private Path sources;
    private Workspace workspace;
    private QuarryServer server;
    private HttpQuarry http;

    @BeforeEach
    void serve() throws IOException {
        sources = Files.createDirectory(folder.resolve("repository"));
        write("a/A.java", "package a; public class A { public void first() {} }");
        write("b/B.java", "package b; public class B { void use(a.A it) { it.first(); } }");
        workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting());
        Indexing.index(sources, workspace);
        start(WatchOptions.DEFAULT);
    }

    @AfterEach
    void end() {
        http.close();
        server.close();
        workspace.close();
    }

    private void start(WatchOptions options) {
        server = QuarryServer.start(ServerConfig.defaults().withPort(0).withWatch(options.withEmbed(false)), workspace);
        http = HttpQuarry.of(server, workspace.storeDirectory());
        awaitCurrent();
    }

    private void write(String path, String text) throws IOException {
        Path file = sources.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private JsonNode freshness() {
        return http.get("/v1/symbols?name=A").json().get("freshness");
    }

    private void awaitCurrent() {
        await("nothing is outstanding", () -> {
            JsonNode watch = freshness().get("watch");
            String state = http.get("/health").json().get("state").asText();
            return watch.get("lagMillis").asLong() == 0 && state.equals("READY");
        });
    }

    private boolean knows(String symbol) {
        return !http.get("/v1/symbols?name=" + symbol).json().get("candidates").isEmpty();
    }

    private void assertEqualToClean(String name) {
        Path clean = folder.resolve("clean-" + name);
        Indexing.index(sources, clean);
        List<String> expected = StoreDump.of(clean);
        assertThat(StoreDump.of(workspace.graph())).isEqualTo(expected);
    }

    @Test
    void edit_ofAFile_changesTheAnswerUnasked() throws IOException {
        write("a/A.java", "package a; public class A { public void first() { second(); } void second() {} }");
        await("the new method", () -> knows("second"));
        awaitCurrent();
        assertThat(freshness().get("watch").get("mode").asText()).isEqualTo("EVENTS");
        assertThat(freshness().get("watch").get("dirty").asInt()).isZero();
        assertEqualToClean("edit");
    }

    @Test
    void foldersMadeRenamedRemoved_areFollowed() throws IOException {
        write("c/d/e/Deep.java", "package c.d.e; public class Deep {}");
        await("a file in new folders", () -> knows("Deep"));

        Files.move(sources.resolve("c"), sources.resolve("f"));
        write("f/d/e/Deep.java", "package f.d.e; public class Deep { void more() {} }");
        write("c/Again.java", "package c; class Again {}");
        await("a file of the renamed folder", () -> knows("f.d.e.Deep%23more"));
        await("a file below the name that was taken again", () -> knows("Again"));

        Files.delete(sources.resolve("b/B.java"));
        Files.delete(sources.resolve("b"));
        await("what is gone", () -> !knows("B"));
        awaitCurrent();
        assertEqualToClean("folders");
    }

    @Test
    void changes_whileNoServerRan_areSeenAfterItsStart() throws IOException {
        http.close();
        server.close();
        write("a/A.java", "package a; public class A { public void first() {} void meanwhile() {} }");
        start(WatchOptions.DEFAULT);
        assertThat(knows("meanwhile")).isTrue();
        assertEqualToClean("restart");
    }

    @Test
    void edit_polled_changesTheAnswerUnasked() throws IOException {
        http.close();
        server.close();
        start(WatchOptions.DEFAULT.withPoll(Duration.ofMillis(100)));
        assertThat(freshness().get("watch").get("mode").asText()).isEqualTo("POLL");
        write("a/A.java", "package a; public class A { public void first() {} void polled() {} }");
        await("the new method", () -> knows("polled"));
        awaitCurrent();
        assertEqualToClean("polled");
    }

    @Test
    void branchSwitch_ofManyFiles_endsEqualToACleanIndexAndNamesTheCommit() throws Exception {
        git("init", "-q", "-b", "main");
        git("add", ".");
        git("commit", "-q", "-m", "one");
        String one = git("rev-parse", "HEAD");
        git("checkout", "-q", "-b", "side");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            names.add("Side" + i);
            write("side" + i % 7 + "/Side" + i + ".java", "package side" + i % 7 + "; class Side" + i + " {}");
        }
        Files.delete(sources.resolve("b/B.java"));
        git("add", "-A");
        git("commit", "-q", "-m", "two");
        String two = git("rev-parse", "HEAD");
        await("the second commit", () -> freshness().path("commit").asText().equals(two));
        awaitCurrent();
        assertThat(knows(names.getLast())).isTrue();
        assertEqualToClean("side");

        git("checkout", "-q", "main");
        await("the first commit", () -> freshness().path("commit").asText().equals(one));
        await("its files", () -> knows("B") && !knows(names.getFirst()));
        awaitCurrent();
        assertEqualToClean("main");
    }

    private String git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(sources.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.strip();
    }
}
