package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources are the text that their build reads. */
class SourceEncodingTest {
    private static final String TEXT = "package p; class Grün { /** Größe. */ void größe() { größe(); } }";
    private static final String CALL = "p.Grün#größe() virtual p.Grün#größe() @1:54";

    @TempDir
    private Path folder;

    private Path root;
    private IngestOptions options;

    @BeforeEach
    void makeRepository() throws IOException {
        root = Files.createDirectories(folder.resolve("repository"));
        options = IngestOptions.defaults().withLocalRepository(Files.createDirectories(folder.resolve("local")));
    }

    private void source(String path, Charset charset) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, TEXT.getBytes(charset));
    }

    private void pom(String path, String body) {
        Graph.write(root, path, "<project><groupId>g</groupId><artifactId>a</artifactId>" + body + "</project>");
    }

    private static String properties(String encoding) {
        return "<properties><project.build.sourceEncoding>" + encoding + "</project.build.sourceEncoding></properties>";
    }

    private FileFacts only() {
        Graph graph = Graph.of(root, options);
        assertThat(graph.edges(EdgeKind.CALLS)).containsExactly(CALL);
        assertThat(graph.files).hasSize(1);
        FileFacts facts = graph.files.getFirst();
        assertThat(facts.text()).isEqualTo(TEXT);
        assertThat(facts.file().status()).isEqualTo(FileStatus.INDEXED);
        return facts;
    }

    @Test
    void run_withAnEncodingInThePom_readsItsFilesByIt() throws IOException {
        pom("pom.xml", properties("ISO-8859-1"));
        source("src/main/java/p/Grün.java", StandardCharsets.ISO_8859_1);

        FileFacts facts = only();

        assertThat(facts.file().problem()).isEmpty();
        assertThat(facts.file().raw()).isEqualTo(ContentHash.ofText(TEXT));
    }

    @Test
    void run_withAnEncodingOfTheCompilerPlugin_readsItsFilesByIt() throws IOException {
        pom(
                "pom.xml",
                "<properties><enc>IBM850</enc></properties><build><plugins><plugin><artifactId>maven-compiler-plugin"
                        + "</artifactId><configuration><encoding>${enc}</encoding></configuration></plugin></plugins>"
                        + "</build>");
        source("src/main/java/p/A.java", Charset.forName("IBM850"));

        assertThat(only().file().problem()).isEmpty();
    }

    @Test
    void run_withAnEncodingInAGradleScript_readsItsFilesByIt() throws IOException {
        for (String script : new String[] {
            "plugins { id 'java' }\ncompileJava.options.encoding = 'IBM850'\n",
            "plugins { id 'java' }\ntasks.withType(JavaCompile) { options.encoding = \"IBM850\" }\n",
            "plugins { java }\ntasks.withType<JavaCompile>().configureEach { options { encoding = \"IBM850\" } }\n",
            """
            plugins { id 'java' }
            compileJava { options.encoding('x') }
            tasks.withType(JavaCompile).configureEach { it.options.encoding = 'IBM850' }
            """
        }) {
            Graph.write(root, "settings.gradle", "");
            Graph.write(root, "build.gradle", script);
            source("src/main/java/p/A.java", Charset.forName("IBM850"));

            assertThat(only().file().problem()).as(script).isEmpty();
        }
    }

    @Test
    void run_withUtf8FilesAndNoEncoding_readsThemWithoutANote() throws IOException {
        source("p/A.java", StandardCharsets.UTF_8);

        FileFacts facts = only();

        assertThat(facts.file().problem()).isEmpty();
        assertThat(facts.file().raw()).isEqualTo(ContentHash.ofContent(TEXT.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void run_withOtherBytesThanUtf8AndNoEncoding_readsLatin1AndSaysSo() throws IOException {
        source("p/A.java", StandardCharsets.ISO_8859_1);

        assertThat(only().file().problem()).contains("ISO-8859-1").contains("project.build.sourceEncoding");
    }

    @Test
    void run_withBytesThatAreNotOfTheDeclaredEncoding_saysSo() throws IOException {
        pom("pom.xml", properties("UTF-8"));
        source("p/A.java", StandardCharsets.ISO_8859_1);

        assertThat(only().file().problem()).contains("is not UTF-8").contains("convert it");
    }

    @Test
    void run_withAnEncodingThatNobodyKnows_readsUtf8AndSaysSo() throws IOException {
        pom("pom.xml", properties("Latin-99"));
        source("p/A.java", StandardCharsets.UTF_8);

        assertThat(only().file().problem()).contains("'Latin-99'").contains("project.build.sourceEncoding");
    }

    @Test
    void session_withAnotherEncodingInThePom_readsTheFilesAgain() throws IOException {
        pom("pom.xml", "");
        source("p/A.java", Charset.forName("IBM850"));
        SessionFacts facts = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            run(session, facts);
            assertThat(text(facts)).isNotEqualTo(TEXT);
            pom("pom.xml", properties("IBM850"));
            run(session, facts);
            assertThat(text(facts)).isEqualTo(TEXT);
        }
    }

    private void run(IngestSession session, SessionFacts facts) {
        RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults());
        ClassPath classPath = Ingest.classPath(root, options);
        String fingerprint = classPath.fingerprint(root).toString();
        session.run(scan, classPath, fingerprint, options, facts, ProgressListener.NONE);
        assertThat(Ingest.decoded(scan, classPath).files())
                .extracting(ScannedFile::raw)
                .containsExactly(only(facts).file().raw());
    }

    private static String text(SessionFacts facts) {
        return only(facts).text();
    }

    private static FileFacts only(SessionFacts facts) {
        return Objects.requireNonNull(facts.files.get("p/A.java"));
    }
}
