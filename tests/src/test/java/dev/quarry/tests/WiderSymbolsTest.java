package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend;
import dev.quarry.server.Backend.Relationship;
import dev.quarry.server.Resolution;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds things that are no methods: files, packages, types and fields. */
class WiderSymbolsTest {
    private static final String MAIN = "src/main/java/";
    private static final List<String> USERS = List.of("q.User#use()", "p.ThingTest#thing_always_works()");

    @TempDir
    private static Path folder;

    private static Workspace workspace;
    private static Backend backend;

    @BeforeAll
    static void index() throws IOException {
        Path sources = folder.resolve("sources");
        write(sources.resolve(MAIN + "p/Thing.java"), """
                package p;
                public class Thing {
                    int size;
                    public int all() { return one() + size; }
                    int one() { return 1; }
                }
                """);
        write(sources.resolve(MAIN + "p/Other.java"), """
                package p;
                class Other extends Thing {}
                """);
        write(sources.resolve(MAIN + "q/User.java"), """
                package q;
                class User {
                    int use() { return new p.Thing().all(); }
                }
                """);
        write(sources.resolve("src/test/java/p/ThingTest.java"), """
                package p;
                class ThingTest {
                    void thing_always_works() { new Thing().all(); }
                }
                """);
        workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting());
        Indexing.index(sources, workspace);
        backend = Backend.of(workspace);
    }

    @AfterAll
    static void close() {
        workspace.close();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static StampedNode symbol(String name) {
        assertThat(backend.resolve(name)).isInstanceOf(Resolution.Found.class);
        return ((Resolution.Found) backend.resolve(name)).node();
    }

    private static List<String> related(Relationship relationship, String name) {
        return backend.related(relationship, symbol(name), 3, 100).rows().stream()
                .map(row -> row.node().node().symbol())
                .toList();
    }

    @Test
    void impact_ofAFile_isThatOfAllInItElsewhere() {
        assertThat(related(Relationship.IMPACT, MAIN + "p/Thing.java"))
                .containsAll(USERS)
                .contains("p.Other")
                .noneMatch(symbol -> symbol.startsWith("p.Thing#"));
    }

    @Test
    void impact_ofAPackage_reachesItsTests() {
        assertThat(symbol("p").node().kind()).isEqualTo(NodeKind.PACKAGE);
        assertThat(related(Relationship.IMPACT, "p")).containsExactlyInAnyOrderElementsOf(USERS);
        assertThat(related(Relationship.IMPACT, "q")).isEmpty();
    }

    @Test
    void calls_ofWhatIsNotCalled_areRefusedWithTheRemedy() {
        for (String name : List.of("p.Thing", "p.Thing.size", "p", MAIN + "p/Thing.java")) {
            for (Relationship calls : List.of(Relationship.CALLERS, Relationship.CALLEES)) {
                assertThatThrownBy(() -> related(calls, name))
                        .isInstanceOf(QuarryException.class)
                        .hasMessageContaining("is no method or constructor")
                        .hasMessageContaining("impact");
            }
        }
        assertThat(related(Relationship.CALLERS, "q.User.use")).isEmpty();
    }
}
