package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.quarry.ingest.ClassPath;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from a repository on this machine, through the process that does so in earnest. */
class ArtifactResolutionTest {
    @TempDir
    private Path folder;

    private final Map<String, byte[]> remote = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private Path root;
    private Path local;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectory(folder.resolve("repository"));
        local = folder.resolve("local");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/maven2/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring("/maven2/".length());
            asked.add(path);
            byte[] body = remote.get(path);
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void publish(String path, String text) throws NoSuchAlgorithmException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        remote.put(path, bytes);
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        remote.put(path + ".sha1", (sum + "  " + path + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String pom(String artifact, String body) {
        return "<project><groupId>x</groupId><artifactId>" + artifact + "</artifactId><version>1</version>" + body
                + "</project>";
    }

    private static String dependencies(String... artifacts) {
        StringBuilder out = new StringBuilder("<dependencies>");
        for (String artifact : artifacts) {
            out.append("<dependency><groupId>x</groupId><artifactId>")
                    .append(artifact)
                    .append("</artifactId><version>1</version></dependency>");
        }
        return out.append("</dependencies>").toString();
    }

    private IngestOptions options() {
        return IngestOptions.defaults().withLocalRepository(local).withGradleHome(folder.resolve("gradle"));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/maven2";
    }

    private ClassPath resolve(String address, IndexProgress progress) {
        return new ArtifactResolution(address, local, progress)
                .complete(root, options(), Ingest.classPath(root, options()));
    }

    private List<String> localFiles() throws IOException {
        try (Stream<Path> files = Files.walk(local)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> local.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void complete_withARemoteRepository_fetchesAllThatIsAskedForAndNothingElse() throws Exception {
        Files.writeString(root.resolve("pom.xml"), pom("app", dependencies("a", "gone")));
        publish("x/a/1/a-1.pom", "<!-- published-with-gradle-metadata -->" + pom("a", dependencies("b")));
        publish("x/a/1/a-1.module", "{}");
        publish("x/a/1/a-1.jar", "jar of a");
        publish("x/b/1/b-1.pom", pom("b", ""));
        publish("x/b/1/b-1.jar", "jar of b");
        publish("x/never/1/never-1.jar", "not asked for");

        ClassPath classPath = resolve(address(), IndexProgress.NONE);

        assertThat(classPath.entries()).extracting(ClassPath.Entry::coordinate).containsExactly("x:a:1", "x:b:1");
        assertThat(classPath.missing()).containsExactly("x:gone:1");
        assertThat(localFiles())
                .containsExactly(
                        "x/a/1/a-1.jar", "x/a/1/a-1.module", "x/a/1/a-1.pom", "x/b/1/b-1.jar", "x/b/1/b-1.pom");
        assertThat(Files.readString(local.resolve("x/b/1/b-1.jar"))).isEqualTo("jar of b");
        assertThat(asked).noneMatch(path -> path.contains("never"));
        assertThat(asked).containsOnlyOnce("x/gone/1/gone-1.pom");
    }

    @Test
    void complete_withAWrongChecksum_refusesTheFileAndLeavesNothingOfIt() throws Exception {
        Files.writeString(root.resolve("pom.xml"), pom("app", dependencies("a")));
        publish("x/a/1/a-1.pom", pom("a", ""));
        publish("x/a/1/a-1.jar", "jar of a");
        remote.put("x/a/1/a-1.jar", "another jar".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> resolve(address(), IndexProgress.NONE))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContainingAll("x/a/1/a-1.jar", "checksum", "--resolve");
        assertThat(localFiles()).containsExactly("x/a/1/a-1.pom");
    }

    @Test
    void complete_withoutAServer_saysSo() throws Exception {
        Files.writeString(root.resolve("pom.xml"), pom("app", dependencies("a")));
        String address = address();
        server.stop(0);

        assertThatThrownBy(() -> resolve(address, IndexProgress.NONE))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE))
                .hasMessageContainingAll(address, "cannot be reached");
        assertThat(localFiles()).isEmpty();
    }

    @Test
    void complete_whenCancelled_endsTheProcess() throws Exception {
        Files.writeString(root.resolve("pom.xml"), pom("app", dependencies("a")));
        IndexProgress cancelled = new IndexProgress() {
            @Override
            public void progress(Phase phase, long done, long total) {
                // only the end is of interest
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> resolve(address(), cancelled)).isInstanceOf(CancellationException.class);
        assertThat(localFiles()).isEmpty();
    }

    @Test
    void complete_ofAGradleBuild_fetchesPlatformsToo() throws Exception {
        Files.writeString(root.resolve("build.gradle"), """
                dependencies { implementation platform('x:bom:1')
                    implementation 'x:a' }
                """);
        String managed =
                "<packaging>pom</packaging><dependencyManagement>" + dependencies("a") + "</dependencyManagement>";
        publish("x/bom/1/bom-1.pom", pom("bom", managed));
        publish("x/a/1/a-1.pom", pom("a", ""));
        publish("x/a/1/a-1.jar", "jar of a");

        ClassPath classPath = resolve(address(), IndexProgress.NONE);

        assertThat(classPath.entries()).extracting(ClassPath.Entry::coordinate).containsExactly("x:a:1");
        assertThat(classPath.missing()).isEmpty();
    }

    @Test
    void coordinate_ofWhatCannotBeFetched_isNone() {
        assertThat(ArtifactCoordinate.of("g.h:a:1.0+2").orElseThrow().paths())
                .containsExactly("g/h/a/1.0+2/a-1.0+2.pom", "g/h/a/1.0+2/a-1.0+2.jar");
        assertThat(ArtifactCoordinate.of("g:a:jar:tests:1").orElseThrow().paths())
                .containsExactly("g/a/1/a-1.pom", "g/a/1/a-1-tests.jar");
        assertThat(ArtifactCoordinate.of("g:a:pom:1").orElseThrow().paths()).containsExactly("g/a/1/a-1.pom");
        for (String text : List.of(
                "g:a:1-SNAPSHOT",
                "g:a:?",
                "g:a:1.+",
                "g:a:[1,2)",
                "g:a:${v}",
                "..:a:1",
                "g:..:1",
                "g:a:1/../2",
                "build.gradle:4: implementation 'x'",
                "x.jar")) {
            assertThat(ArtifactCoordinate.of(text)).as(text).isEmpty();
        }
    }
}
