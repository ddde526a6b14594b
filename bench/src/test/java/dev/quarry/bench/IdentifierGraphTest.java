package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentifierGraphTest {
    private static final Map<String, String> TEXTS = Map.of(
            "Sheet.java", "class Sheet { void printTotals() { new Ledger().openBook(); } }",
            "Ledger.java", "class Ledger { void openBook() {} void closeBook() {} }",
            "Clerk.java", "class Clerk { void workHard() { new Ledger().openBook(); } }");

    private static NodeId file(String name) {
        return NodeId.of(NodeKind.FILE, name, "");
    }

    private static Node node(NodeKind kind, String name, String file) {
        String simple = name.substring(name.lastIndexOf('#') + 1);
        return new Node(
                NodeId.of(kind, name, ""),
                kind,
                simple,
                name,
                "",
                simple,
                file(file),
                new Span(0, 0, 10, 1, 1),
                0,
                ContentHash.ofText(name),
                null,
                null,
                "");
    }

    private static IdentifierGraph graph() {
        List<Node> nodes = List.of(
                node(NodeKind.CLASS, "Sheet", "Sheet.java"),
                node(NodeKind.METHOD, "Sheet#printTotals", "Sheet.java"),
                node(NodeKind.CLASS, "Ledger", "Ledger.java"),
                node(NodeKind.METHOD, "Ledger#openBook", "Ledger.java"),
                node(NodeKind.METHOD, "Ledger#closeBook", "Ledger.java"),
                node(NodeKind.CLASS, "Clerk", "Clerk.java"),
                node(NodeKind.METHOD, "Clerk#workHard", "Clerk.java"));
        Map<NodeId, String> paths = Map.of(
                file("Sheet.java"), "Sheet.java", file("Ledger.java"), "Ledger.java", file("Clerk.java"), "Clerk.java");
        return new IdentifierGraph(nodes, paths, path -> TEXTS.getOrDefault(path, ""));
    }

    @Test
    void ranked_noWords_whatManyUseComesFirst() {
        List<String> names =
                graph().ranked(Set.of()).stream().map(Node::qualifiedName).toList();
        assertThat(names).hasSize(7);
        assertThat(names.indexOf("Ledger#openBook")).isLessThan(names.indexOf("Sheet#printTotals"));
        assertThat(names.indexOf("Ledger")).isLessThan(names.indexOf("Clerk"));
    }

    @Test
    void ranked_words_namesThatAreSaidRise() {
        List<Node> plain = graph().ranked(Set.of());
        List<Node> asked = graph().ranked(IdentifierGraph.words("who works hard"));
        Node workHard = node(NodeKind.METHOD, "Clerk#workHard", "Clerk.java");
        assertThat(asked.indexOf(workHard)).isLessThan(plain.indexOf(workHard));
    }

    @Test
    void words_namesAndProse_areSplitLoweredAndSingular() {
        assertThat(IdentifierGraph.words("Prints openBook, the ledgers"))
                .containsExactlyInAnyOrder("print", "open", "book", "the", "ledger");
    }
}
