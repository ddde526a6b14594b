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

    @Test
    void overloads_thatDifferInMissingTypes_areChosenByTheNamesOfTheArguments() {
        write("p/A.java", """
                package p;
                import x.One;
                import x.Two;
                class A {
                    void f(One one) {}
                    void f(Two two) {}
                    void f(Object any) {}
                    void m(One one, Two two) {
                        f(one);
                        f(two);
                        f("text");
                    }
                }
                """);

        check(
                "p.A#m(x.One,x.Two) virtual p.A#f(x.One) @9:9",
                "p.A#m(x.One,x.Two) virtual p.A#f(x.Two) @10:9",
                "p.A#m(x.One,x.Two) virtual p.A#f(java.lang.Object) @11:9");
    }

    @Test
    void chain_throughCallsWithMissingArguments_isFollowed() {
        write("p/A.java", """
                package p;
                class A {
                    A f(x.One one) { return this; }
                    void g() {}
                    void m(x.One one) { f(one.next()).f(one.next()).g(); }
                }
                """);

        check("p.A#m(x.One) virtual p.A#f(x.One) @5:25,5:39", "p.A#m(x.One) virtual p.A#g() @5:53");
    }

    @Test
    void constructor_ofAMissingClass_isNotThatOfObject() {
        write(
                "p/A.java",
                "package p; class A extends x.One { A(int i) { super(i); } Object m() { return new x.One() {}; } }");

        assertThat(Graph.of(root).edges(EdgeKind.CALLS))
                .containsExactlyInAnyOrder(
                        "p.A#<init>(int) special x.One#<init> @1:47", "p.A#m() new x.One#<init> @1:79");
    }
}
