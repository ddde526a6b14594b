package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests exercise what. */
class TestLinksTest {
    @TempDir
    private Path root;

    @BeforeEach
    void writeSubject() {
        Graph.write(
                root,
                "src/main/java/A.java",
                "class A { void m() { n(); } void n() {} static A of() { return null; } }");
    }

    private void check(String source, String... expected) {
        Graph.write(root, "src/test/java/ATest.java", source);
        assertThat(Graph.of(root).edges(EdgeKind.TESTS)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void test_callsMethodOutside_testsIt() {
        Graph.write(
                root,
                "src/test/java/org/junit/jupiter/api/Test.java",
                "package org.junit.jupiter.api; public @interface Test {}");
        check("""
                import org.junit.jupiter.api.Test;
                class ATest {
                    @Test void works() { A.of().m(); System.gc(); }
                    void unused(A a) { a.n(); }
                }
                """, "ATest#works() direct A#of() @3:28", "ATest#works() direct A#m() @3:33");
    }

    @Test
    void test_callsHelper_testsWhatThatCalls() {
        Graph.write(root, "src/test/java/org/junit/Test.java", "package org.junit; public @interface Test {}");
        check("""
                class ATest {
                    @org.junit.Test public void works() { new ATest().help(); }
                    void help() { A.of(); deeper(); }
                    void deeper() { new A().m(); }
                }
                """, "ATest#works() helper A#of() @2:55");
    }

    @Test
    void test_ofTestNg_isAPublicMethodOfAnAnnotatedClassOrAnAnnotatedMethod() {
        check("""
                import org.testng.annotations.*;
                @Test class ATest {
                    public void works() { A.of(); }
                    void helper() { new A().m(); }
                    public static void shared() { new A().n(); }
                }
                class BTest {
                    @Test(groups = "slow") void works() { A.of(); }
                    public void other() { new A().m(); }
                }
                """, "ATest#works() direct A#of() @3:29", "BTest#works() direct A#of() @8:45");
    }

    @Test
    void test_ofMissingFramework_isStillOne() {
        check("""
                import org.junit.jupiter.api.Test;
                class ATest { @Test void works() { A.of(); } }
                """, "ATest#works() direct A#of() @2:38");
    }

    @Test
    void test_byAComposedAnnotation_isOneAtAnyDistance() {
        Graph.write(root, "src/test/java/SlowTest.java", "@FastTest @interface SlowTest {}");
        Graph.write(root, "src/test/java/FastTest.java", "@org.junit.jupiter.api.Test @interface FastTest {}");
        Graph.write(root, "src/test/java/Tagged.java", "@org.junit.jupiter.api.Tag(\"x\") @interface Tagged {}");
        Graph.write(root, "src/main/java/B.java", "class B { @FastTest void here() { A.of(); } void other() {} }");
        check(
                """
                class ATest {
                    @FastTest void fast() { A.of(); }
                    @SlowTest void slow(A a) { a.m(); }
                    @Tagged void none() { new A().n(); }
                    void parameter(@FastTest int i) { A.of(); }
                }
                """,
                "B#here() direct A#of() @1:37",
                "ATest#fast() direct A#of() @2:31",
                "ATest#slow(A) direct A#m() @3:34");
    }

    @Test
    void test_byAComposedAnnotation_followsWhatThatIsComposedOf() {
        String fast = "src/main/java/FastTest.java";
        String slow = "src/main/java/SlowTest.java";
        Graph.write(root, slow, "@FastTest @interface SlowTest {}");
        Graph.write(root, fast, "@Deprecated @interface FastTest {}");
        Graph.write(root, "src/main/java/B.java", "class B { @SlowTest void here() { A.of(); System.gc(); } }");
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            for (String text : List.of(
                    "@org.junit.jupiter.api.Test @interface FastTest {}",
                    "@Deprecated @interface FastTest {}",
                    "@org.junit.jupiter.api.RepeatedTest(2) @interface FastTest {}",
                    "@interface FastTest {}")) {
                Graph.write(root, fast, text);
                IngestReport report = known.run(session, root);
                known.assertEqualToClean(report, root, text);
                assertThat(report.whole()).as(text).isFalse();
                assertThat(known.derived.edges().stream().anyMatch(edge -> edge.kind() == EdgeKind.TESTS))
                        .as(text)
                        .isEqualTo(text.contains("junit"));
            }
            Graph.write(root, fast, "@org.junit.jupiter.api.Test @interface FastTest {}");
            known.run(session, root);
            Graph.write(root, "src/main/java/B.java", "class B { @SlowTest void here() { new A().n(); } }");
            known.assertEqualToClean(known.run(session, root), root, "B");
            assertThat(known.derived.edges()).anyMatch(edge -> edge.kind() == EdgeKind.TESTS);
            Graph.write(root, slow, "@interface SlowTest {}");
            known.assertEqualToClean(known.run(session, root), root, "SlowTest");
        }
    }

    @Test
    void test_namedInTestCase_isOne() {
        Graph.write(
                root,
                "src/test/java/junit/framework/TestCase.java",
                "package junit.framework; public class TestCase {}");
        Graph.write(root, "src/test/java/Base.java", "class Base extends junit.framework.TestCase {}");
        check("""
                class ATest extends Base {
                    public void testOf() { A.of(); }
                    public void other() { A.of(); }
                    static class Plain { void testNot() { A.of(); } }
                }
                """, "ATest#testOf() direct A#of() @2:30");
    }
}
