package dev.quarry.bench;

import dev.quarry.bench.Truth.Kind;
import dev.quarry.ingest.FactsSink;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.ingest.ProgressListener;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.GroundTruthLines;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The graph that Quarry makes of a directory of sources, in memory. */
final class IndexedGraph implements FactsSink {
    private final Map<NodeId, Node> nodes = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Set<String> files = new TreeSet<>();
    private Coverage coverage = Coverage.NONE;

    private IndexedGraph() {}

    /** Indexes; libraries serve to bind against, and build files are not read. */
    static IndexedGraph of(Path sources, List<Path> libraries) {
        IndexedGraph graph = new IndexedGraph();
        Ingest.run(
                RepositoryScan.of(sources, ScanOptions.defaults()).requireJava(),
                IngestOptions.defaults().withoutPoms().withExtraClassPath(libraries),
                graph,
                ProgressListener.NONE);
        return graph;
    }

    @Override
    public void file(FileFacts facts) {
        coverage = coverage.plus(facts.file().coverage());
        String name = facts.file().path().substring(facts.file().path().lastIndexOf('/') + 1);
        for (Node node : facts.nodes()) {
            nodes.put(node.id(), node);
            if (node.kind().isType()) {
                String type = node.qualifiedName();
                files.add(type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/') + name);
            }
        }
        edges.addAll(facts.edges());
    }

    @Override
    public void shared(SharedFacts facts) {
        facts.nodes().forEach(node -> nodes.put(node.id(), node));
        edges.addAll(facts.edges());
    }

    @Override
    public void derived(DerivedFacts facts) {
        // class files say nothing of what follows from several files
    }

    /** The files that declare types, in the form {@code pkg/File.java}. */
    Set<String> files() {
        return Collections.unmodifiableSet(files);
    }

    Coverage coverage() {
        return coverage;
    }

    /** All edges of a sort, by their lines. */
    Map<String, GraphEdge> lines(GroundTruthLines.Kind sort) {
        Map<String, GraphEdge> lines = new TreeMap<>();
        for (Edge edge : edges) {
            GroundTruthLines.line(sort, edge, id -> Optional.ofNullable(nodes.get(id)))
                    .ifPresent(line -> lines.merge(
                            line, new GraphEdge(kinds(edge, line), edge.found() == Found.COMPILER), GraphEdge::and));
        }
        return lines;
    }

    private static Set<Kind> kinds(Edge edge, String line) {
        return switch (edge.kind()) {
            case READS -> EnumSet.of(Kind.READ);
            case WRITES -> EnumSet.of(Kind.WRITE);
            case CALLS ->
                switch (edge.role()) {
                    case "reference" -> EnumSet.of(Kind.METHOD_REFERENCE);
                    case "static" -> EnumSet.of(Kind.STATIC);
                    case "interface" -> EnumSet.of(Kind.INTERFACE);
                    case "virtual" -> EnumSet.of(Kind.VIRTUAL);
                    default ->
                        EnumSet.of(line.indexOf("#<init>", line.indexOf("\t")) > 0 ? Kind.CONSTRUCTOR : Kind.VIRTUAL);
                };
            default -> EnumSet.noneOf(Kind.class);
        };
    }
}
