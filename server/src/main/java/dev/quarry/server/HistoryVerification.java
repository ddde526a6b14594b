package dev.quarry.server;

import dev.quarry.graphdb.Findings;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StoreCheck;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.DeclarationCheck;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a store's history by going back in it, in a copy: at each state the files that differ from the state behind must
 * have their texts and the rows of their facts; the oldest one must be a whole graph.
 */
final class HistoryVerification {
    /** Vectors are no part of a state. */
    private static final Set<StoreCheck> OF_NOW = EnumSet.of(StoreCheck.VECTOR, StoreCheck.NODE_TEXT);

    private final Path directory;
    private final Findings findings;

    HistoryVerification(Path directory, Findings findings) {
        this.directory = directory;
        this.findings = findings;
    }

    /** Checks all states but the last one, which is the store itself. */
    void run(GraphStore graph) {
        if (!graph.history().check(findings)) {
            return;
        }
        try {
            FormerStates.visit(directory, "verify", this::isSound);
        } catch (QuarryException | IllegalArgumentException broken) {
            findings.violation(StoreCheck.HISTORY, "going back", String.valueOf(broken.getMessage()));
        }
    }

    private boolean isSound(HistoryState state, GraphStore graph, List<StoredFile> changed) {
        long before = findings.violations();
        for (StoredFile stored : changed) {
            findings.checked(StoreCheck.HISTORY, 1);
            if (stored.file().status().isIndexed()) {
                file(state, graph, stored);
            }
        }
        boolean isOldest = graph.history().states().size() == 1;
        if (isOldest) {
            whole(state, graph);
        }
        return findings.violations() == before;
    }

    private void file(HistoryState state, GraphStore graph, StoredFile stored) {
        String path = stored.file().path();
        String text = graph.text(stored.file().raw()).orElse(null);
        if (text == null) {
            violation(state, path, "has no text");
        } else if (StoreVerification.textOf(stored.file(), text) == StoreVerification.Text.ANOTHER) {
            violation(state, path, "its text has another hash than its bytes had");
        } else if (!graph.isWhole(stored) && !declaresMore(graph, stored)) {
            violation(state, path, "its rows are not those that it was written with");
        }
    }

    /** Whether the file declares a type that another file has in the graph. */
    private static boolean declaresMore(GraphStore graph, StoredFile stored) {
        FileFacts facts = TextIndexer.facts(graph, stored.file());
        List<Node> nodes = new ArrayList<>(facts.nodes());
        graph.node(stored.file().id()).map(StampedNode::node).ifPresent(nodes::add);
        return DeclarationCheck.of(facts.file(), facts.text(), nodes)
                .filter(DeclarationCheck::declaresMore)
                .isPresent();
    }

    private void whole(HistoryState state, GraphStore graph) {
        Findings all = new Findings();
        for (String path : graph.check(true, all)) {
            StoredFile stored = graph.files().get(path);
            if (stored != null && !declaresMore(graph, stored)) {
                violation(state, path, "its rows are not those that it was written with");
            }
        }
        all.tallies().forEach((check, tally) -> {
            if (!OF_NOW.contains(check) && tally.violations() > 0) {
                tally.kept().forEach(kept -> violation(state, kept.subject(), kept.problem()));
            }
        });
    }

    private void violation(HistoryState state, String subject, String problem) {
        String commit = state.mark().commit();
        String name = commit.isEmpty() ? state.mark().instant().toString() : commit.substring(0, 12);
        findings.violation(StoreCheck.HISTORY, "state " + state.number() + " (" + name + "): " + subject, problem);
    }
}
