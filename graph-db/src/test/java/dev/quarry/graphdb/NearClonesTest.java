package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Near duplicates among generated methods with known edits, held against a comparison of all with all. */
class NearClonesTest {
    private static final int FAMILIES = 60;
    private static final int COPIES = 6;
    private static final List<String> SIGNS =
            List.of("(", ")", "{", "}", ";", ".", "=", "+", "\"a // b\"", "'\"'", "42");

    private final long seed = Long.getLong("quarry.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final StringBuilder text = new StringBuilder();
    private final Map<NodeId, Set<List<String>>> runs = new HashMap<>();

    @Test
    void near_ofEditedCopies_areThoseThatACompleteComparisonFinds() {
        try (GraphStore store = GraphStore.inMemory()) {
            List<Node> methods = generate();
            store.apply(Graphs.delta(Graphs.file("G.java", text.toString(), methods, List.of())));
            Set<Set<NodeId>> found = new HashSet<>();
            for (NodeId id : runs.keySet()) {
                for (Duplicate duplicate : store.clonesOf(id)) {
                    found.add(Set.of(id, duplicate.node().id()));
                    assertThat(duplicate.similarity())
                            .as("-Dquarry.seed=%d", seed)
                            .isEqualTo(similarity(id, duplicate.node().id()))
                            .isGreaterThanOrEqualTo(0.8);
                }
            }
            Set<Set<NodeId>> expected = similarPairs();
            assertThat(expected).as("-Dquarry.seed=%d", seed).hasSizeGreaterThan(FAMILIES);
            assertThat(expected).as("-Dquarry.seed=%d", seed).containsAll(found);
            assertThat(found.size()).as("-Dquarry.seed=%d", seed).isGreaterThanOrEqualTo((int)
                    (0.95 * expected.size()));
        }
    }

    private List<Node> generate() {
        List<Node> nodes = new ArrayList<>();
        for (int family = 0; family < FAMILIES; family++) {
            List<String> original = tokens(40 + random.nextInt(160));
            for (int copy = 0; copy < COPIES; copy++) {
                nodes.add(method("m" + family + "_" + copy, edited(original, copy)));
            }
        }
        return nodes;
    }

    private List<String> tokens(int count) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(i % 2 == 0 ? "name" + random.nextInt(40) : SIGNS.get(random.nextInt(SIGNS.size())));
        }
        return tokens;
    }

    /** A copy with names changed and statements inserted, the later the copy the more of them. */
    private List<String> edited(List<String> original, int edits) {
        List<String> copy = new ArrayList<>(original);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(copy.size());
            if (random.nextBoolean()) {
                copy.set(at, "renamed" + random.nextInt(9));
            } else {
                copy.addAll(at, List.of("log", "(", "name" + random.nextInt(40), ")", ";"));
            }
        }
        return copy;
    }

    /** Writes the tokens with a layout and comments of their own. */
    private Node method(String name, List<String> tokens) {
        int start = text.length();
        for (String token : tokens) {
            text.append(token).append(random.nextInt(9) == 0 ? " /* it's */\n\t// \"\n" : " ");
        }
        String body = text.substring(start);
        text.append('\n');
        Node node = Graphs.node(NodeKind.METHOD, "G.java", name, "G#" + name, "()", body, start);
        Set<List<String>> mine = new HashSet<>();
        for (int i = 0; i + Shingles.LENGTH <= tokens.size(); i++) {
            mine.add(List.copyOf(tokens.subList(i, i + Shingles.LENGTH)));
        }
        runs.put(node.id(), mine);
        return node;
    }

    private Set<Set<NodeId>> similarPairs() {
        Set<Set<NodeId>> pairs = new HashSet<>();
        List<NodeId> ids = List.copyOf(runs.keySet());
        for (int i = 0; i < ids.size(); i++) {
            for (int j = i + 1; j < ids.size(); j++) {
                if (similarity(ids.get(i), ids.get(j)) >= 0.8) {
                    pairs.add(Set.of(ids.get(i), ids.get(j)));
                }
            }
        }
        return pairs;
    }

    private double similarity(NodeId a, NodeId b) {
        Set<List<String>> first = runs.getOrDefault(a, Set.of());
        Set<List<String>> second = runs.getOrDefault(b, Set.of());
        long common = first.stream().filter(second::contains).count();
        return (double) common / (first.size() + second.size() - common);
    }
}
