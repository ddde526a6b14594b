package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module descriptor says: modules, packages and services. */
class ModuleDescriptorTest {
    @TempDir
    private Path root;

    @Test
    void directives_leadToModulesPackagesAndServices() {
        Graph.write(root, "module-info.java", """
                import p.Service;
                /** A module. */
                open module a.b {
                    requires transitive java.sql;
                    requires static org.jspecify;
                    exports p;
                    exports p.impl to x.y, x.z;
                    uses p.Service;
                    uses nowhere.Gone;
                    provides p.Service with p.impl.One, p.impl.One.Nested;
                    provides java.lang.Runnable with p.impl.One;
                }
                """);
        Graph.write(root, "p/Service.java", "package p; public interface Service {}");
        Graph.write(
                root,
                "p/impl/One.java",
                "package p.impl; public class One implements p.Service, Runnable { public void run() {}"
                        + " public static class Nested extends One {} }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.IMPORTS))
                .containsExactlyInAnyOrder(
                        "module-info.java module java.sql @4:25 transitive",
                        "module-info.java module org.jspecify @5:21 static",
                        "module-info.java exports p @6:13",
                        "module-info.java exports p.impl @7:13 to x.y, x.z");
        assertThat(graph.edges(EdgeKind.PROVIDES))
                .containsExactlyInAnyOrder(
                        "module-info.java uses p.Service @8:10",
                        "p.impl.One module p.Service @",
                        "p.impl.One$Nested module p.Service @",
                        "p.impl.One module java.lang.Runnable @");
        assertThat(graph.node("java.sql").kind()).isEqualTo(NodeKind.MODULE);
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void descriptor_withASyntaxError_stopsNothing() {
        Graph.write(root, "module-info.java", "module a.b { requires ; exports p");
        Graph.write(root, "p/A.java", "package p; class A { void m() { m(); } }");

        assertThat(Graph.of(root).edges(EdgeKind.CALLS)).containsExactly("p.A#m() virtual p.A#m() @1:33");
    }
}
