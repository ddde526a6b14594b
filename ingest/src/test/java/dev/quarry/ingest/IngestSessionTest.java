package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestSessionTest {
    private static final IngestOptions OPTIONS = IngestOptions.defaults().withoutPoms();

    @TempDir
    Path root;

    /** What a reader of all facts knows after each run. */
    private static final class Known implements FactsSink {
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
            edges.removeIf(edge -> edge.kind() == part.kind() && part.sources().contains(edge.from()));
            edges.addAll(facts.edges());
            edges.sort(Comparator.comparing(Edge::from)
                    .thenComparing(Edge::kind)
                    .thenComparing(Edge::to)
                    .thenComparing(Edge::role));
            derived = new DerivedFacts(derived.nodes(), edges);
        }

        IngestReport run(IngestSession session, Path root) {
            given.clear();
            RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults());
            Set<String> paths =
                    Set.copyOf(scan.files().stream().map(ScannedFile::path).toList());
            files.keySet().removeIf(path -> !paths.contains(path));
            return session.run(scan, ClassPath.EMPTY, "", OPTIONS, this, ProgressListener.NONE);
        }
    }

    private static void assertEqualToClean(Known known, IngestReport report, Path root, Object context) {
        Known clean = new Known();
        IngestReport expected;
        try (IngestSession session = new IngestSession()) {
            expected = clean.run(session, root);
        }
        assertThat(known.files.keySet()).as("files, %s", context).isEqualTo(clean.files.keySet());
        clean.files.forEach((path, facts) -> {
            FileFacts found = Objects.requireNonNull(known.files.get(path));
            assertThat(found.nodes()).as("nodes of %s, %s", path, context).containsExactlyElementsOf(facts.nodes());
            assertThat(found.edges()).as("edges of %s, %s", path, context).containsExactlyElementsOf(facts.edges());
            assertThat(found).as("%s, %s", path, context).isEqualTo(facts);
        });
        assertThat(known.shared.nodes()).as("shared nodes, %s", context).isEqualTo(clean.shared.nodes());
        assertThat(known.shared).as("shared, %s", context).isEqualTo(clean.shared);
        assertThat(known.derived.edges()).as("derived edges, %s", context).isEqualTo(clean.derived.edges());
        assertThat(known.derived).as("derived, %s", context).isEqualTo(clean.derived);
        assertThat(report.coverage()).as("coverage, %s", context).isEqualTo(expected.coverage());
    }

    private void copySources(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = root.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    @Test
    void run_afterRandomEditsOfThisModule_equalsACleanRun() throws IOException {
        copySources(Path.of("src/main/java"));
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        System.out.println("seed " + seed);
        int commits = Integer.getInteger("quarry.commits", 12);
        RandomEdits edits = new RandomEdits(root, new Random(seed));
        Known known = new Known();
        int parts = 0;

        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            for (int commit = 0; commit < commits; commit++) {
                edits.edit(1 + commit % 3);
                IngestReport report = known.run(session, root);
                parts += report.whole() ? 0 : 1;
                assertEqualToClean(
                        known,
                        report,
                        root,
                        "seed " + seed + ", commit " + commit + ": " + edits.done() + ", bound again: " + known.given);
            }
        }

        System.out.println(parts + " of " + commits + " by parts, " + known.partial + " with parts of what follows");
        assertThat(parts).isGreaterThan(commits / 3);
    }
}
