package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on real machines: each a clear error or a counted skip, and nothing lost. */
class HostileInputTest {
    private static final String GOOD = """
            package a;
            public class Good {
              int one() { return two(); }
              int two() { return 2; }
            }
            """;

    /** Root may read every file, until it gives that privilege away. */
    private static final List<String> WITHOUT_PRIVILEGE = "root".equals(System.getProperty("user.name"))
            ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
            : List.of();

    @TempDir
    Path folder;

    private Path repository;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectories(folder.resolve("repository"));
        write("a/Good.java", GOOD);
    }

    @Test
    void index_directoryWithoutJava_saysSo() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Quarry.Result result = Quarry.run(folder, "index", "--no-embed", empty.toString());
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("empty").containsIgnoringCase("java").doesNotContain("Exception");
        assertThat(empty.resolve(".quarry")).doesNotExist();
    }

    @Test
    void serve_directoryWithoutJava_leavesNothingThere() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Quarry.Result result = Quarry.run(empty, "serve", "--no-embed", "--port", "0");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("empty").containsIgnoringCase("java").doesNotContain("Exception");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void index_addressOfAKilledServer_isTakenAway() throws Exception {
        assertThat(index().status()).isZero();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        write(".quarry/server", "http://127.0.0.1:1\n" + ended.pid() + "\n0\n");
        write(".quarry/port", "1\n");
        assertThat(index().status()).isZero();
        assertThat(repository.resolve(".quarry/server")).doesNotExist();
        assertThat(repository.resolve(".quarry/port")).doesNotExist();
    }

    @Test
    void index_missingDirectory_saysSo() {
        Quarry.Result result = Quarry.run(folder, "index", "--no-embed", "nowhere");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("nowhere").doesNotContain("Exception");
    }

    @Test
    void index_hugeGeneratedFile_isSkippedAndCounted() throws IOException {
        Path huge = repository.resolve("a/Huge.java");
        try (Writer writer = Files.newBufferedWriter(huge)) {
            writer.write("package a; class Huge {\n");
            String line = "  static final String S = \"" + "x".repeat(990) + "\";\n";
            for (int i = 0; i < 52 << 10; i++) {
                writer.write(line);
            }
            writer.write("}\n");
        }
        assertThat(Files.size(huge)).isGreaterThan(50 << 20);
        Quarry.Result result = index();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(status()).contains("TOO_LARGE");
        assertThat(callers("two")).contains("one");
    }

    @Test
    void index_fileThatMayNotBeRead_isSkippedAndCounted() throws IOException {
        write("a/Secret.java", "package a; class Secret {}");
        Files.setPosixFilePermissions(
                repository.resolve("a/Secret.java"), PosixFilePermissions.fromString("---------"));
        Quarry.Result result = Quarry.run(folder, WITHOUT_PRIVILEGE, "index", "--no-embed", repository.toString());
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(status()).contains("UNREADABLE");
        assertThat(callers("two")).contains("one");
    }

    @Test
    void index_binaryFile_isSkippedAndCounted() throws IOException {
        Files.write(repository.resolve("a/Binary.java"), new byte[] {1, 0, 2, 0, 3});
        assertThat(index().status()).isZero();
        assertThat(status()).contains("BINARY");
        assertThat(callers("two")).contains("one");
    }

    @Test
    void index_syntaxError_keepsTheRest() throws IOException {
        write("a/Broken.java", "package a;\nclass Broken {\n  void fine() { new Good().one(); }\n  void bad( { ;\n}\n");
        assertThat(index().status()).isZero();
        assertThat(status()).contains("PARTIAL");
        assertThat(Quarry.run(repository, "status").out()).contains("not whole  a/Broken.java  partial, ");
        assertThat(callers("two")).contains("one");
        assertThat(callers("Good.one")).contains("Broken");
    }

    @Test
    void index_writesBeyondTheLimitFail_saysSoAndLosesNothing() throws IOException {
        assertThat(index().status()).isZero();
        StringBuilder body = new StringBuilder("package a;\nclass Many {\n");
        for (int i = 0; i < 4_000; i++) {
            body.append("  int m")
                    .append(i)
                    .append("() { return new Good().one() + ")
                    .append(i)
                    .append("; }\n");
        }
        write("a/Many.java", body.append("}\n").toString());
        Quarry.Result full = Quarry.run(
                folder,
                List.of("bash", "-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "limited"),
                "index",
                "--no-embed",
                repository.toString());
        assertThat(full.status()).as(full.out() + full.err()).isNotZero();
        assertThat(full.err()).doesNotContain("\tat ").isNotBlank();
        assertThat(callers("two")).contains("one");
        assertThat(index().status()).isZero();
        assertThat(callers("Good.one")).contains("Many");
    }

    @Test
    void serve_portInUse_saysSoWithTheRemedy() throws IOException {
        assertThat(index().status()).isZero();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Quarry.Result result = Quarry.run(
                    folder,
                    "serve",
                    "--no-embed",
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    repository.toString());
            assertThat(result.status()).isEqualTo(4);
            assertThat(result.err())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("--port");
        }
    }

    @Test
    void callers_noStore_saysHowToMakeOne() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Quarry.Result result = Quarry.run(other, "callers", "x");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("quarry index");
    }

    @Test
    void callers_storeOfNewerVersion_isRefusedWithTheRemedy() {
        assertThat(index().status()).isZero();
        DamagedStore.makeNewer(repository.resolve(".quarry"));
        Quarry.Result result = Quarry.run(repository, "callers", "two");
        assertThat(result.status()).as(result.err()).isEqualTo(4);
        assertThat(result.err()).contains("schema version", "--store").doesNotContain("Exception");
    }

    @Test
    void callers_storeHeldByAnotherProcess_saysWhichProcess() {
        assertThat(index().status()).isZero();
        try (GraphStore held = GraphStore.open(repository.resolve(".quarry"), StoreOptions.DEFAULT)) {
            assertThat(held.sequence()).isPositive();
            Quarry.Result result = Quarry.run(repository, "callers", "two");
            assertThat(result.status()).as(result.err()).isEqualTo(4);
            assertThat(result.err())
                    .contains(".quarry", Long.toString(ProcessHandle.current().pid()));
        }
        assertThat(callers("two")).contains("one");
    }

    @Test
    void index_searchDirectoryDamaged_isMadeAnew() throws IOException {
        assertThat(index().status()).isZero();
        try (Stream<Path> files = Files.walk(repository.resolve(".quarry/search"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("write.lock"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        Quarry.Result result = index();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Quarry.run(repository, "search", "two").out()).contains("Good.two");
    }

    @Test
    void search_searchDirectoryDamaged_answersOrSaysTheRemedy() throws IOException {
        assertThat(index().status()).isZero();
        try (Stream<Path> files = Files.walk(repository.resolve(".quarry/search/text"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        Quarry.Result result = Quarry.run(repository, "search", "two");
        assertThat(result.err()).doesNotContain("Exception").doesNotContain("defect");
        assertThat(callers("two")).contains("one");
    }

    @Test
    void index_storeThatMayNotBeWritten_saysSo() throws IOException {
        assertThat(index().status()).isZero();
        try (Stream<Path> files = Files.walk(repository.resolve(".quarry"))) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "r-xr-xr-x" : "r--r--r--"));
            }
        }
        Quarry.Result result = Quarry.run(folder, WITHOUT_PRIVILEGE, "index", "--no-embed", repository.toString());
        try (Stream<Path> files = Files.walk(repository.resolve(".quarry"))) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        assertThat(result.status()).as(result.err()).isEqualTo(4);
        assertThat(result.err()).contains(".quarry").contains("--store").doesNotContain("defect");
        assertThat(callers("two")).contains("one");
    }

    private Quarry.Result index() {
        return Quarry.run(folder, "index", "--no-embed", repository.toString());
    }

    private String status() {
        return Quarry.run(repository, "status", "--json").out();
    }

    private String callers(String symbol) {
        Quarry.Result result = Quarry.run(repository, "callers", "--json", symbol);
        assertThat(result.status()).as(result.err()).isZero();
        return result.out();
    }

    private void write(String path, String text) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
