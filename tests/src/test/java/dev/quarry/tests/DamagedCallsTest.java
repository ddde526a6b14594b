package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls in files with syntax errors that are said to be as certain as a compiler's are those of the undamaged file.
 *
 * <p>Counted are the calls of members whose text is intact. {@code -Dquarry.test.args=-Dquarry.mutants=1000} damages so many
 * files, {@code -Dquarry.seed} there damages them otherwise. The seed is fixed by default: one file of many such calls would
 * decide over the share of a small run.
 */
class DamagedCallsTest {
    private static final double FALSE_AT_MOST = 0.002;

    @TempDir
    private Path folder;

    private final StringBuilder wrongEdges = new StringBuilder();
    private int certain;
    private int wrong;

    /** A call: whose, and what it leads to. */
    private record Call(NodeId from, NodeId to) {}

    @Test
    void certainCalls_ofIntactMembersInDamagedFiles_areThoseOfTheWholeFile() throws IOException {
        int wanted = Integer.getInteger("quarry.mutants", 300);
        long seed = Long.getLong("quarry.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        Path sources = Corpus.COMMONS_LANG.unpackSources(folder.resolve("whole"));
        IndexRun whole = IndexRun.of(sources);
        Set<Call> calls = new HashSet<>();
        whole.files().values().forEach(facts -> certainCalls(facts).forEach(edge -> calls.add(call(edge))));
        int damaged = 0;
        for (int round = 0; damaged < wanted; round++) {
            Path root = folder.resolve("round" + round);
            Set<String> paths = DamagedSources.damage(sources, root, wanted - damaged, random);
            damaged += paths.size();
            IndexRun run = IndexRun.of(root);
            for (String path : paths) {
                FileFacts facts = Objects.requireNonNull(run.files().get(path));
                if (facts.file().status() == FileStatus.PARTIAL) {
                    count(facts, run, whole, calls);
                }
            }
        }
        String result = "-Dquarry.seed=" + seed + " files=" + damaged + " certain=" + certain + " wrong=" + wrong;
        System.err.println(result);
        assertThat(certain).as(result).isGreaterThan(wanted * 4);
        assertThat((double) wrong / certain).as(result + wrongEdges).isLessThanOrEqualTo(FALSE_AT_MOST);
    }

    private void count(FileFacts facts, IndexRun run, IndexRun whole, Set<Call> calls) {
        Set<NodeId> intact = intact(facts, whole);
        certainCalls(facts).filter(edge -> intact.contains(edge.from())).forEach(edge -> {
            certain++;
            if (!calls.contains(call(edge))) {
                wrong++;
                wrongEdges
                        .append('\n')
                        .append(facts.file().path())
                        .append(": ")
                        .append(symbol(run, edge.from()))
                        .append(" -> ")
                        .append(symbol(run, edge.to()));
            }
        });
    }

    private static Stream<Edge> certainCalls(FileFacts facts) {
        return facts.edges().stream().filter(edge -> edge.kind() == EdgeKind.CALLS && edge.found() == Found.COMPILER);
    }

    private static Call call(Edge edge) {
        return new Call(edge.from(), edge.to());
    }

    private static String symbol(IndexRun run, NodeId id) {
        Node node = run.nodes().get(id);
        return node == null ? id.toString() : node.symbol();
    }

    /** Members with the text that they had; of constructors, which run initializers, those of types that have it too. */
    private static Set<NodeId> intact(FileFacts facts, IndexRun whole) {
        Map<String, Node> types = new HashMap<>();
        facts.nodes().forEach(node -> types.put(node.qualifiedName(), node));
        Set<NodeId> intact = new HashSet<>();
        for (Node node : facts.nodes()) {
            Node type = types.get(owner(node.qualifiedName()));
            boolean whatItRuns = node.kind() == NodeKind.METHOD || (type != null && isIntact(type, whole));
            if (whatItRuns && isIntact(node, whole)) {
                intact.add(node.id());
            }
        }
        return intact;
    }

    private static String owner(String member) {
        int hash = member.lastIndexOf('#');
        return hash < 0 ? "" : member.substring(0, hash);
    }

    private static boolean isIntact(Node node, IndexRun whole) {
        Node before = whole.nodes().get(node.id());
        return before != null && before.content().equals(node.content());
    }
}
