package dev.quarry.ingest;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.GroundTruthLines;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;

/** The facts of a small repository, for tests. */
final class Graph {
    final List<FileFacts> files = new ArrayList<>();
    final List<SharedFacts> shared = new ArrayList<>();
    final List<DerivedFacts> derived = new ArrayList<>();
    final Map<NodeId, Node> nodes = new HashMap<>();
    final List<Edge> edges = new ArrayList<>();
    final IngestReport report;

    private Graph(Path root, IngestOptions options) {
        FactsSink sink = new FactsSink() {
            @Override
            public void file(FileFacts facts) {
                files.add(facts);
                facts.nodes().forEach(node -> nodes.put(node.id(), node));
                edges.addAll(facts.edges());
            }

            @Override
            public void shared(SharedFacts facts) {
                shared.add(facts);
                facts.nodes().forEach(node -> nodes.put(node.id(), node));
                edges.addAll(facts.edges());
            }

            @Override
            public void derived(DerivedFacts facts) {
                derived.add(facts);
                facts.nodes().forEach(node -> nodes.put(node.id(), node));
                edges.addAll(facts.edges());
            }
        };
        report = Ingest.run(RepositoryScan.of(root, ScanOptions.defaults()), options, sink, ProgressListener.NONE);
    }

    static Graph of(Path root) {
        return new Graph(root, IngestOptions.defaults().withoutPoms());
    }

    static Graph of(Path root, IngestOptions options) {
        return new Graph(root, options);
    }

    /** Writes one file below a directory. */
    static void write(Path root, String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NavigableSet<String> lines(GroundTruthLines.Kind kind) {
        NavigableSet<String> lines = new TreeSet<>();
        for (Edge edge : edges) {
            GroundTruthLines.line(kind, edge, id -> Optional.ofNullable(nodes.get(id)))
                    .ifPresent(lines::add);
        }
        return lines;
    }

    /** The edges of a kind: {@code from role to @sites detail}, as far as there is a role, a site, a detail. */
    NavigableSet<String> edges(EdgeKind kind) {
        NavigableSet<String> lines = new TreeSet<>();
        for (Edge edge : edges) {
            if (edge.kind() == kind) {
                lines.add((symbol(edge.from()) + " " + edge.role() + " " + symbol(edge.to()) + " @" + edge.sites() + " "
                                + edge.detail())
                        .replaceAll(" +", " ")
                        .strip());
            }
        }
        return lines;
    }

    /** The edges of a kind as they were found: {@code NAME found TARGET}, the name that of where they begin. */
    List<String> found(EdgeKind kind) {
        return edges.stream()
                .filter(edge -> edge.kind() == kind)
                .map(edge -> node(symbol(edge.from())).name() + " " + edge.found() + " " + symbol(edge.to()))
                .toList();
    }

    String symbol(NodeId id) {
        Node node = nodes.get(id);
        return node == null ? "dangling " + id : node.symbol();
    }

    Node node(String symbol) {
        return nodes.values().stream()
                .filter(node -> node.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(symbol + " in "
                        + nodes.values().stream().map(Node::symbol).sorted().toList()));
    }

    boolean has(String symbol) {
        return nodes.values().stream().anyMatch(node -> node.symbol().equals(symbol));
    }

    FileRecord file(String path) {
        return files.stream()
                .map(FileFacts::file)
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    Coverage coverage() {
        return files.stream().map(facts -> facts.file().coverage()).reduce(Coverage.NONE, Coverage::plus);
    }
}
