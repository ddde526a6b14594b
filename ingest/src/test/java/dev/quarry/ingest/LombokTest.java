package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that Lombok's annotations stand for, without Lombok on the class path. */
class LombokTest {
    private static final String ORDER = """
            package shop;
            import lombok.*;
            import lombok.extern.slf4j.Slf4j;
            @Slf4j
            @Data
            @Builder
            class Order implements Named {
                private final String name;
                private boolean isEnabled;
                @Singular private java.util.List<String> lines;
            }
            interface Named { String getName(); }
            """;

    @TempDir
    private Path root;

    @Test
    void call_ofGeneratedMembers_bindsAsToWrittenOnes() {
        Graph.write(root, "shop/Order.java", ORDER);
        Graph.write(root, "shop/Use.java", """
                package shop;
                class Use {
                    int use() {
                        Order order = Order.builder().name("a").line("b").build();
                        order.setEnabled(order.isEnabled());
                        return order.getName().length();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "shop.Use#use() static shop.Order#builder() @4:29",
                        "shop.Use#use() virtual shop.Order$OrderBuilder#name(java.lang.String) @4:39",
                        "shop.Use#use() virtual shop.Order$OrderBuilder#line(java.lang.String) @4:49",
                        "shop.Use#use() virtual shop.Order$OrderBuilder#build() @4:59",
                        "shop.Use#use() virtual shop.Order#setEnabled(boolean) @5:15",
                        "shop.Use#use() virtual shop.Order#isEnabled() @5:32",
                        "shop.Use#use() virtual java.lang.String#length() @6:32");
        assertThat(graph.edges(EdgeKind.READS)).contains("shop.Order#isEnabled() shop.Order#isEnabled @5:1");
        assertThat(graph.edges(EdgeKind.WRITES)).contains("shop.Order#setEnabled(boolean) shop.Order#isEnabled @5:1");
        assertThat(graph.edges(EdgeKind.OVERRIDES)).contains("shop.Order#getName() shop.Named#getName() @5:1");
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void member_ofAnnotation_liesAtItAndChangesWithItAndItsField() {
        Graph.write(root, "shop/Order.java", ORDER);
        Node before = Graph.of(root).node("shop.Order#getName()");
        Graph.write(root, "shop/Order.java", ORDER.replace("boolean isEnabled", "boolean isOpen"));
        Node unrelated = Graph.of(root).node("shop.Order#getName()");
        Graph.write(root, "shop/Order.java", ORDER.replace("private final String name", "public final String name"));
        Node changed = Graph.of(root).node("shop.Order#getName()");

        assertThat(Flags.has(before.flags(), Flags.IMPLICIT)).isTrue();
        assertThat(before.declaration()).isEqualTo("public String getName()");
        assertThat(before.span().startLine()).isEqualTo(5);
        assertThat(ORDER.substring(before.span().start(), before.span().end())).isEqualTo("@Data");
        assertThat(unrelated.content()).isEqualTo(before.content());
        assertThat(changed.content()).isNotEqualTo(before.content());
    }

    @Test
    void local_withVal_hasTheTypeOfItsValue() {
        Graph.write(root, "A.java", """
                import lombok.val;
                class A {
                    void m(java.util.List<String> list) {
                        val text = "x";
                        text.trim();
                        for (val each : list) { each.isEmpty(); }
                    }
                }
                """);

        assertThat(Graph.of(root).edges(EdgeKind.CALLS))
                .contains(
                        "A#m(java.util.List) virtual java.lang.String#trim() @5:14",
                        "A#m(java.util.List) virtual java.lang.String#isEmpty() @6:38");
    }

    @Test
    void local_withValOrVarOfThePackage_hasTheTypeOfItsValue() {
        Graph.write(root, "A.java", """
                class A {
                    void m(java.util.List<String> list) {
                        lombok.val text = "x"; text.trim();
                        for (lombok.val each : list) { each.isEmpty(); }
                        lombok.var other = "x"; other.strip();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        String from = "A#m(java.util.List) virtual java.lang.String";
        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(from + "#isEmpty() @4:45", from + "#strip() @5:39", from + "#trim() @3:37");
        assertThat(graph.nodes.values()).noneMatch(node -> node.qualifiedName().startsWith("lombok"));
    }

    @Test
    void annotation_ofOtherPackage_addsNothing() {
        Graph.write(root, "A.java", """
                import other.Getter; // not lombok
                @Getter class A { int x; }
                """);

        assertThat(Graph.of(root).has("A#getX()")).isFalse();
    }
}
