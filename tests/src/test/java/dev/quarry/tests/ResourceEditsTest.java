package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store follows edits of files beside the sources, and then equals a store made anew. */
class ResourceEditsTest {
    @TempDir
    private Path folder;

    @Test
    void index_afterEditsOfMappersAndConfiguration_equalsACleanIndex() throws IOException {
        Path sources = folder.resolve("sources");
        Path store = folder.resolve("followed");
        write(sources, "src/main/java/a/Users.java", "package a; interface Users { Object one(); Object two(); }");
        write(sources, "src/main/resources/application.properties", "a.key=1\n");
        write(sources, "src/main/resources/Users.xml", mapper("<select id='one'>select * from users</select>"));
        Indexing.index(sources, store);
        Path parts = folder.resolve("parts");
        assertThat(queries(store)).containsExactly("a.Users#one()", "a.Users.one");
        long before = Indexing.index(sources, store).filesChanged();
        assertThat(before).isZero();

        List<Runnable> edits = List.of(
                () -> write(sources, "src/main/resources/Users.xml", mapper("<delete id='two'>delete from t</delete>")),
                () -> write(sources, "src/main/resources/application.properties", "a.key=1\nb.key=2\n"),
                () -> write(sources, "src/main/resources/META-INF/services/a.Users", "a.Gone\n"),
                () -> write(sources, "src/main/java/a/Users.java", "package a; interface Users { Object one(); }"),
                () -> delete(sources.resolve("src/main/resources/Users.xml")));
        try (Workspace kept = Workspace.open(parts, WorkspaceOptions.forWriting())) {
            Indexing.follow(sources, kept);
            for (int i = 0; i < edits.size(); i++) {
                edits.get(i).run();
                Indexing.index(sources, store);
                Indexing.follow(sources, kept);
                Path fresh = folder.resolve("fresh" + i);
                Indexing.index(sources, fresh);
                assertThat(StoreDump.of(store)).as("after edit " + i).isEqualTo(StoreDump.of(fresh));
                assertThat(StoreDump.of(kept.graph()))
                        .as("by parts, after edit " + i)
                        .isEqualTo(StoreDump.of(fresh));
            }
        }
        assertThat(queries(store)).isEmpty();
    }

    private static List<String> queries(Path store) {
        return StoreDump.edges(store).stream()
                .filter(line -> line.edge().kind() == EdgeKind.QUERIES)
                .map(line -> line.from().symbol())
                .sorted()
                .toList();
    }

    private static String mapper(String statements) {
        return "<mapper namespace=\"a.Users\">" + statements + "</mapper>";
    }

    private static void write(Path root, String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
