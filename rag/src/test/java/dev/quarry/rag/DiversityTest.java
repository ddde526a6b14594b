package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DiversityTest {
    private static Node node(String name, String content) {
        return Node.withoutSyntax(NodeKind.METHOD, name, name, "", content);
    }

    private static List<String> arranged(Node... nodes) {
        return Diversity.arrange(List.of(nodes), Function.identity(), _ -> 0).stream()
                .map(Node::name)
                .toList();
    }

    @Test
    void arrange_likeHits_standApart() {
        Node a = node("a", "x");
        Node b = node("b", "y");
        Node c = node("c", "z");
        assertThat(arranged(a, a, b, b, c)).containsExactly("a", "b", "a", "b", "c");
    }

    @Test
    void arrange_nothingElseToShow_keepsTheOrder() {
        Node a = node("a", "x");
        assertThat(arranged(a, a, a)).containsExactly("a", "a", "a");
        assertThat(arranged()).isEmpty();
    }

    private record Scored(Node node, double score) {}

    private static List<String> arrangedByScore(double third) {
        List<Scored> ranked = List.of(
                new Scored(node("a", "x"), 1),
                new Scored(node("a", "x"), 0.99),
                new Scored(node("b", "y"), third),
                new Scored(node("a", "x"), 0.9 - Diversity.MARGIN));
        return Diversity.arrange(ranked, Scored::node, Scored::score).stream()
                .map(scored -> scored.node().name())
                .toList();
    }

    @Test
    void arrange_anotherHit_isPreferredOnlyIfItIsAsGood() {
        assertThat(arrangedByScore(0.99 - Diversity.MARGIN + 0.001)).containsExactly("a", "b", "a", "a");
        assertThat(arrangedByScore(0.99 - Diversity.MARGIN - 0.001)).containsExactly("a", "a", "b", "a");
    }
}
