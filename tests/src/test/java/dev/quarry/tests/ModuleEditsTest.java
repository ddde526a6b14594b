package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that follows edits in one project of a Gradle build equals a store made anew. */
class ModuleEditsTest {
    @TempDir
    private Path folder;

    private Path sources;
    private Path store;
    private @Nullable Workspace kept;

    @BeforeEach
    void makeFolders() {
        sources = folder.resolve("repository");
        store = folder.resolve("followed");
    }

    private Workspace kept() {
        if (kept == null) {
            kept = Workspace.open(folder.resolve("kept"), WorkspaceOptions.forWriting());
        }
        return kept;
    }

    @AfterEach
    void close() {
        if (kept != null) {
            kept.close();
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = sources.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void assertFollows(String name) {
        Path fresh = folder.resolve(name);
        Indexing.index(sources, store);
        Indexing.index(sources, fresh);
        Indexing.follow(sources, kept());
        assertThat(StoreDump.of(store)).as(name).isEqualTo(StoreDump.of(fresh));
        assertThat(StoreDump.of(kept().graph())).as(name + ", by parts").isEqualTo(StoreDump.of(fresh));
    }

    @Test
    void index_afterEditsInOneProject_equalsACleanIndex() throws IOException {
        write("settings.gradle.kts", "include(\"core\", \"web\")\n");
        write("core/build.gradle.kts", "plugins { `java-library` }\n");
        write("web/build.gradle.kts", "dependencies { implementation(project(\":core\")) }\n");
        write("core/src/p/Shape.java", "package p; public interface Shape { double area(); }");
        write(
                "core/src/p/Box.java",
                "package p; public class Box implements Shape { public double area() { return 1; } }");
        write("web/src/q/Page.java", "package q; class Page { double f(p.Shape s) { return s.area(); } }");
        Indexing.index(sources, store);
        Indexing.follow(sources, kept());

        write(
                "core/src/p/Shape.java",
                "package p; public interface Shape { double area(); default double half() { return area() / 2; } }");
        assertFollows("a method more");

        write("web/src/q/Page.java", "package q; class Page { double f(p.Shape s) { return s.half(); } }");
        assertFollows("a caller of it");

        write("web/src/p/Box.java", "package p; public class Box { int own() { return 2; } }");
        assertFollows("the same class in another project");

        write("web/build.gradle.kts", "plugins { java }\n");
        assertFollows("a dependency less");

        Files.delete(sources.resolve("core/src/p/Box.java"));
        assertFollows("a class less");

        IndexReport again = Indexing.index(sources, store);
        assertThat(again.isUnchanged()).isTrue();
    }

    @Test
    void index_afterAnotherEncodingInTheBuild_equalsACleanIndex() throws IOException {
        write("settings.gradle", "include 'core', 'web'\n");
        write("core/build.gradle", "");
        for (String file : new String[] {"core/src/p/Box.java", "web/src/q/Page.java"}) {
            write(file, "");
            String text = "package p; /** Größe. */ class Größe { void größe() { größe(); } }";
            Files.writeString(sources.resolve(file), text, StandardCharsets.ISO_8859_1);
        }
        Indexing.index(sources, store);
        Indexing.follow(sources, kept());
        for (String encoding : new String[] {"ISO-8859-1", "windows-1251", "UTF-8", "nonsense"}) {
            write("core/build.gradle", "compileJava.options.encoding = '" + encoding + "'\n");
            assertFollows(encoding);
        }
        write("core/build.gradle", "\n");
        assertFollows("none");
        Files.writeString(sources.resolve("core/src/p/Box.java"), "package p; class Ö { }");
        assertFollows("another file");

        assertThat(Indexing.index(sources, store).isUnchanged()).isTrue();
        assertThat(Indexing.follow(sources, kept()).isUnchanged()).isTrue();
    }
}
