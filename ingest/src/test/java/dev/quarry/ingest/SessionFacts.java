package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What a reader of all facts knows after each run of a session. */
final class SessionFacts implements FactsSink {
    static final IngestOptions OPTIONS = IngestOptions.defaults().withoutPoms();

    final Map<String, FileFacts> files = new TreeMap<>();
    SharedFacts shared = new SharedFacts(List.of(), List.of());
    DerivedFacts derived = DerivedFacts.NONE;
    final List<String> given = new ArrayList<>();
    int partial;

    @Override
    public void file(FileFacts facts) {
        files.put(facts.file().path(), facts);
        given.add(facts.file().path());
    }

    @Override
    public void shared(SharedFacts facts) {
        shared = facts;
    }

    @Override
    public void derived(DerivedFacts facts) {
        DerivedFacts.Part part = facts.part();
        if (part == null) {
            derived = facts;
            return;
        }
        partial++;
        List<Edge> edges = new ArrayList<>(derived.edges());
        edges.removeIf(edge -> part.replaces(edge.kind(), edge.from()));
        edges.addAll(facts.edges());
        edges.sort(Comparator.comparing(Edge::from)
                .thenComparing(Edge::kind)
                .thenComparing(Edge::to)
                .thenComparing(Edge::role));
        Map<NodeId, Node> nodes = new TreeMap<>();
        derived.nodes().forEach(node -> nodes.put(node.id(), node));
        nodes.keySet().removeAll(part.gone());
        facts.nodes().forEach(node -> nodes.put(node.id(), node));
        derived = new DerivedFacts(List.copyOf(nodes.values()), edges);
    }

    IngestReport run(IngestSession session, Path root) {
        given.clear();
        RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults());
        Set<String> paths =
                Set.copyOf(scan.files().stream().map(ScannedFile::path).toList());
        files.keySet().removeIf(path -> !paths.contains(path));
        return session.run(scan, ClassPath.EMPTY, "", OPTIONS, this, ProgressListener.NONE);
    }

    /** Asserts that another session, asked anew, knows the same. */
    void assertEqualToClean(IngestReport report, Path root, Object context) {
        SessionFacts clean = new SessionFacts();
        IngestReport expected;
        try (IngestSession session = new IngestSession()) {
            expected = clean.run(session, root);
        }
        assertThat(files.keySet()).as("files, %s", context).isEqualTo(clean.files.keySet());
        clean.files.forEach((path, facts) -> {
            FileFacts found = Objects.requireNonNull(files.get(path));
            assertThat(found.nodes()).as("nodes of %s, %s", path, context).containsExactlyElementsOf(facts.nodes());
            assertThat(found.edges()).as("edges of %s, %s", path, context).containsExactlyElementsOf(facts.edges());
            assertThat(found).as("%s, %s", path, context).isEqualTo(facts);
        });
        assertThat(shared.nodes()).as("shared nodes, %s", context).isEqualTo(clean.shared.nodes());
        assertThat(shared).as("shared, %s", context).isEqualTo(clean.shared);
        assertThat(derived.edges()).as("derived edges, %s", context).isEqualTo(clean.derived.edges());
        assertThat(derived).as("derived, %s", context).isEqualTo(clean.derived);
        assertThat(report.coverage()).as("coverage, %s", context).isEqualTo(expected.coverage());
    }
}
