package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in sources whose libraries are not on the class path. */
class MissingTypesTest {
    @TempDir
    private Path root;

    private void write(String path, String source) {
        Graph.write(root, path, source);
    }

    private void check(String... expected) {
        assertThat(Graph.of(root).edges(EdgeKind.CALLS)).contains(expected);
    }

    @Test
    void missingType_underSeveralWildcards_isNamedAsAnotherFileImportsIt() {
        write("p/A.java", "package p; import x.one.*; import x.two.*; class A { void m(Thing t) { m(t); } }");
        write("p/B.java", "package p; import x.two.Thing; class B { Thing thing; }");

        check("p.A#m(x.two.Thing) virtual p.A#m(x.two.Thing) @1:72");
    }

    @Test
    void missingType_underSeveralWildcards_isNamedAfterThePackageLikeIt() {
        write("p/A.java", "package p; import x.one.*; import x.dns.*; class A { void m(DnsName t) { m(t); } }");

        check("p.A#m(x.dns.DnsName) virtual p.A#m(x.dns.DnsName) @1:74");
    }
}
