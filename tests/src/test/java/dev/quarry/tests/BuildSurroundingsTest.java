package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store equals one made anew also where no Java file changed: where modules are, what the directory is called. */
class BuildSurroundingsTest {
    private static final IndexOptions FOLLOWING =
            IndexOptions.defaults().withEmbed(false).withKept(true).withTrusting(true);

    @TempDir
    private Path folder;

    private Path sources = Path.of("");
    private Path store = Path.of("");
    private @Nullable Workspace kept;

    @BeforeEach
    void makeSources() throws IOException {
        sources = folder.resolve("repository");
        store = folder.resolve("followed");
        write("pom.xml", pom("root", ""));
        write("a/A.java", "package a; public class A { int one() { return 1; } }");
        write("b/B.java", "package b; class B { int two() { return 2; } }");
    }

    @AfterEach
    void close() {
        if (kept != null) {
            kept.close();
        }
    }

    @Test
    void index_buildFilesComeAndGoBesideEqualSources_equalsACleanIndex() throws IOException {
        assertFollows("one module");
        write("b/build.gradle", "");
        assertFollows("a build file more");
        write("b/B.java", "package b; class B { int two() { return 3; } }");
        assertFollows("an edit after it");
        Files.delete(sources.resolve("pom.xml"));
        assertFollows("no module at the root");
        Files.move(sources.resolve("b/build.gradle"), sources.resolve("b/build.gradle.kts"));
        assertFollows("the same module by another file");
        Files.delete(sources.resolve("b/build.gradle.kts"));
        assertFollows("no module");
    }

    @Test
    void index_jarsOfAFolderComeAndGo_equalsACleanIndex() throws Exception {
        Files.delete(sources.resolve("pom.xml"));
        write("build.gradle", "plugins { id 'java' }\ndependencies { implementation fileTree('libs') }\n");
        write(".gitignore", "*.jar\n");
        write("src/main/java/c/C.java", "package c; class C { @org.jspecify.annotations.Nullable String s; }");
        assertFollows("no jar");
        Path jar = sources.resolve("libs/jspecify.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(
                Path.of(Nullable.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                jar);
        assertFollows("a jar");
        Files.delete(jar);
        assertFollows("no jar again");
    }

    @Test
    void index_importedConfigurationChanges_equalsACleanIndex() throws IOException {
        write("a/A.java", "package a; @lombok.Getter public class A { private int one; }");
        write("lombok.config", "import shared.config\n");
        assertFollows("nothing to import");
        write("shared.config", "lombok.accessors.fluent = true\n");
        assertFollows("other names");
        write("shared.config", "lombok.accessors.fluent = false\n");
        assertFollows("the first names again");
    }

    @Test
    void index_ofARenamedDirectory_namesTheRepositoryAnewAndReadsNothing() throws IOException {
        Indexing.index(sources, store);
        sources = Files.move(sources, folder.resolve("renamed"));

        IndexReport report = Indexing.index(sources, store);

        assertThat(report.filesChanged()).isZero();
        assertThat(report.nodesWritten())
                .as("the repository, and the module at its root")
                .isEqualTo(2);
        assertThat(report.edgesWritten()).isZero();
        assertThat(StoreDump.of(store)).isEqualTo(fresh("clean"));
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            assertThat(workspace.freshness().textSequence())
                    .isEqualTo(workspace.graph().sequence());
        }
        assertThat(Indexing.index(sources, store).isUnchanged()).isTrue();
    }

    @Test
    void index_anotherModuleAsksForWhatIsMissing_notesItAndChangesNothing() throws IOException {
        write("pom.xml", pom("root", "<modules><module>a</module><module>b</module></modules>"));
        write("a/pom.xml", pom("a", dependencies("")));
        write("b/pom.xml", pom("b", dependencies(missing())));
        Indexing.index(sources, store);
        write("a/pom.xml", pom("a", dependencies(missing())));
        write("b/pom.xml", pom("b", dependencies("")));

        assertThat(Indexing.index(sources, store).isUnchanged()).isTrue();

        fresh("clean");
        assertThat(told(store, Workspace::missingArtifacts))
                .anyMatch(line -> line.endsWith("(a)"))
                .isEqualTo(told(folder.resolve("clean"), Workspace::missingArtifacts));
    }

    @Test
    void index_moreIsPassedOver_notesItAndChangesNothing() throws IOException {
        Indexing.index(sources, store);
        write(".gitignore", "x/\n");
        write("x/X.java", "class X {}");

        assertThat(Indexing.index(sources, store).isUnchanged()).isTrue();

        fresh("clean");
        assertThat(told(store, Workspace::skipped))
                .isNotEmpty()
                .isEqualTo(told(folder.resolve("clean"), Workspace::skipped));
    }

    private void assertFollows(String name) {
        if (kept == null) {
            kept = Workspace.open(folder.resolve("kept"), WorkspaceOptions.forWriting());
        }
        Indexing.index(sources, store);
        kept.index(sources, FOLLOWING, IndexProgress.NONE);
        List<String> fresh = fresh(name);
        assertThat(StoreDump.of(store)).as(name).isEqualTo(fresh);
        assertThat(StoreDump.of(kept.graph())).as(name + ", in a session").isEqualTo(fresh);
    }

    private List<String> fresh(String name) {
        Indexing.index(sources, folder.resolve(name));
        return StoreDump.of(folder.resolve(name));
    }

    private static List<String> told(Path store, Function<Workspace, List<String>> question) {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            return question.apply(workspace);
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = sources.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String dependencies(String inside) {
        return "<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent><dependencies>"
                + inside + "</dependencies>";
    }

    private static String missing() {
        return "<dependency><groupId>no.such</groupId><artifactId>thing</artifactId><version>9</version></dependency>";
    }

    private static String pom(String artifact, String more) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>" + artifact
                + "</artifactId><version>1</version>" + more + "</project>";
    }
}
