package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that the language adds to records, enums and classes. */
class ImplicitMembersTest {
    @TempDir
    private Path root;

    private static boolean isImplicit(Node node) {
        return Flags.has(node.flags(), Flags.IMPLICIT);
    }

    @Test
    void record_always_hasConstructorAccessorsAndMethodsOfObject() {
        Graph.write(root, "A.java", """
                record Point<T>(int x, T[] tags) {
                    int[] weights() { return null; }
                    public T[] tags() { return tags; }
                }
                class Use {
                    int use(Point<String> p) {
                        new Point<>(1, new String[0]).equals(p);
                        return p.x() + p.tags().length + p.hashCode() + p.toString().length();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "Use#use(Point) new Point#<init>(int,java.lang.Object[]) @7:9",
                        "Use#use(Point) virtual Point#x() @8:18",
                        "Use#use(Point) virtual Point#tags() @8:26");
        assertThat(isImplicit(graph.node("Point#<init>(int,java.lang.Object[])")))
                .isTrue();
        assertThat(isImplicit(graph.node("Point#x()"))).isTrue();
        assertThat(isImplicit(graph.node("Point#tags()"))).isFalse();
        assertThat(isImplicit(graph.node("Point#equals(java.lang.Object)"))).isTrue();
        assertThat(isImplicit(graph.node("Point#hashCode()"))).isTrue();
        assertThat(isImplicit(graph.node("Point#toString()"))).isTrue();
        assertThat(graph.edges(EdgeKind.WRITES)).contains("Point#<init>(int,java.lang.Object[]) Point#x @1:21");
        assertThat(graph.edges(EdgeKind.READS)).contains("Point#x() Point#x @1:21");
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void record_withOwnConstructor_hasNoOtherOfTheseParameters() {
        Graph.write(root, "A.java", """
                record Compact(int a) { Compact { if (a < 0) { throw new IllegalArgumentException(); } } }
                record Whole(int a) { Whole(int a) { this.a = a; } Whole() { this(1); } }
                """);

        Graph graph = Graph.of(root);

        assertThat(isImplicit(graph.node("Compact#<init>(int)"))).isFalse();
        assertThat(isImplicit(graph.node("Whole#<init>(int)"))).isFalse();
        assertThat(graph.edges(EdgeKind.WRITES)).contains("Compact#<init>(int) Compact#a @1:20");
        assertThat(graph.edges(EdgeKind.CALLS)).contains("Whole#<init>() special Whole#<init>(int) @2:62");
    }

    @Test
    void record_withVariableArity_hasAnAccessorOfAnArray() {
        Graph.write(root, "A.java", "record Rest(int low, int[]... many) {}");

        Graph graph = Graph.of(root);

        assertThat(graph.node("Rest#many()").declaration()).isEqualTo("int[][] many()");
        assertThat(graph.node("Rest#<init>(int,int[][])").declaration()).isEqualTo("Rest(int low, int[]... many)");
    }

    @Test
    void enum_always_hasValuesAndValueOf() {
        Graph.write(root, "A.java", """
                enum Color { RED, BLUE { @Override void paint() {} }; void paint() {} }
                class Use { Color use() { return Color.values().length > 1 ? Color.valueOf("RED") : Color.BLUE; } }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "Use#use() static Color#values() @2:40",
                        "Use#use() static Color#valueOf(java.lang.String) @2:68");
        assertThat(isImplicit(graph.node("Color#values()"))).isTrue();
        assertThat(isImplicit(graph.node("Color#valueOf(java.lang.String)"))).isTrue();
    }
}
