package dev.quarry.server;

import dev.quarry.graphdb.Findings;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreCheck;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.DeclarationCheck;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a store: recomputes from the stored texts what follows from them, and compares graph, vectors and serving index
 * with each other; goes back through the history in a copy. Changes nothing but what opening a store changes.
 */
public final class StoreVerification {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final char REPLACEMENT = '\uFFFD';

    private final GraphStore graph;
    private final Findings findings = new Findings();
    private final Set<NodeId> searchable = new HashSet<>();
    private final Map<NodeId, ContentHash> embeddable = new HashMap<>();

    private StoreVerification(GraphStore graph) {
        this.graph = graph;
    }

    /**
     * What was found.
     *
     * @param findings what was checked and what does not hold
     * @param sequence the commit that was checked
     * @param complete whether the last index run came to its end; what the files of an unfinished one owe each other was
     *     not checked
     * @param current whether the serving index has reached the commit; where it has not, only that is said of it
     */
    public record Result(Findings findings, long sequence, boolean complete, boolean current) {}

    /**
     * Checks the store in this directory; blocks until that is done.
     *
     * @throws QuarryException NOT_FOUND if there is none; BUSY if another process holds it; STORE_DAMAGED if it cannot be
     *     read so far that it could be checked
     */
    public static Result of(Path directory) {
        if (!GraphStore.exists(directory)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND, "there is no index at " + directory + ": name the store with --store");
        }
        try (GraphStore graph = GraphStore.open(directory, StoreOptions.DEFAULT)) {
            return new StoreVerification(graph).run(directory);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw new QuarryException(
                    ErrorCode.STORE_DAMAGED,
                    "the store " + directory + " is damaged: it has a row that cannot be read ("
                            + unreadable.getMessage() + "); " + StoreCheck.FACTS.remedy(),
                    unreadable);
        }
    }

    private Result run(Path directory) {
        boolean complete =
                graph.meta(StoreKeys.STATE).filter(StoreKeys.RUNNING::equals).isEmpty();
        Set<String> differing = new HashSet<>(graph.check(complete, findings));
        for (StoredFile stored : graph.files().values()) {
            file(stored.file(), differing.contains(stored.file().path()));
        }
        new HistoryVerification(directory, findings).run(graph);
        boolean current = complete && serving(directory.resolve(Workspace.SEARCH_DIRECTORY));
        return new Result(findings, graph.sequence(), complete, current);
    }

    private void file(FileRecord file, boolean differs) {
        boolean explained = false;
        if (file.status().isIndexed()) {
            FileFacts facts = TextIndexer.facts(graph, file);
            text(file);
            places(facts);
            explained = declarations(facts) && differs;
            for (NodeText each : NodeText.of(facts)) {
                searchable.add(each.id());
                if (each.isEmbedded()) {
                    embeddable.put(each.id(), ContentHash.ofText(each.embeddingText()));
                }
            }
        }
        if (explained) {
            findings.passedOver(StoreCheck.FACTS, 1);
        } else if (differs) {
            findings.violation(StoreCheck.FACTS, file.path(), "its rows are not those that it was written with");
        }
    }

    private void text(FileRecord file) {
        String text = graph.text(file.raw()).orElse(null);
        if (text == null) {
            findings.check(StoreCheck.TEXT, false, file.path(), "has no text");
            return;
        }
        Text found = textOf(file, text);
        if (found == Text.UNKNOWN) {
            findings.passedOver(StoreCheck.TEXT, 1);
        } else {
            findings.check(
                    StoreCheck.TEXT, found == Text.SAME, file.path(), "its text has another hash than its bytes had");
        }
    }

    /** Whether a text is that of a file. */
    enum Text {
        SAME,
        ANOTHER,
        /** Bytes that are no UTF-8 were replaced when the file was read: its hash cannot be had from the text. */
        UNKNOWN
    }

    /** Compares a text with the hash that its file is stored under. */
    static Text textOf(FileRecord file, String text) {
        boolean same = ContentHash.ofText(text).equals(file.raw())
                || ContentHash.ofText(BYTE_ORDER_MARK + text).equals(file.raw());
        if (same) {
            return Text.SAME;
        }
        return text.indexOf(REPLACEMENT) >= 0 ? Text.UNKNOWN : Text.ANOTHER;
    }

    private void places(FileFacts facts) {
        for (Node node : facts.nodes()) {
            if (node.span().end() > facts.text().length()
                    || node.span().endLine() > facts.file().lines()) {
                findings.violation(
                        StoreCheck.NODE,
                        node.kind() + " " + node.symbol(),
                        "ends behind the end of " + facts.file().path());
            }
        }
    }

    /** Reads the text again and compares; says whether it declares a type that another file has in the graph. */
    private boolean declarations(FileFacts facts) {
        List<Node> nodes = new ArrayList<>(facts.nodes());
        graph.node(facts.file().id()).map(StampedNode::node).ifPresent(nodes::add);
        DeclarationCheck check =
                DeclarationCheck.of(facts.file(), facts.text(), nodes).orElse(null);
        if (check == null) {
            findings.passedOver(StoreCheck.DECLARATION, nodes.size());
            return false;
        }
        findings.checked(StoreCheck.DECLARATION, check.compared());
        findings.passedOver(StoreCheck.DECLARATION, nodes.size() - check.compared());
        check.differences()
                .forEach(difference -> findings.violation(
                        StoreCheck.DECLARATION,
                        difference.node().kind() + " " + difference.node().symbol() + " in "
                                + facts.file().path(),
                        difference.problem()));
        return check.declaresMore();
    }

    /** Checks what is served; says whether it has reached the store's commit. */
    private boolean serving(Path directory) {
        long sequence = graph.sequence();
        try (SearchIndex search = SearchIndex.openReadOnly(directory)) {
            // Before its first run a store owes nobody an index.
            boolean isOwed = graph.meta(StoreKeys.STATE).isPresent();
            String damage = isOwed ? search.damage().orElse("") : "";
            findings.check(StoreCheck.SERVING, damage.isEmpty(), "the serving index", "is damaged: " + damage);
            if (!damage.isEmpty()) {
                return false;
            }
            ahead("text", search.textSequence(), sequence);
            ahead("vectors", search.vectorSequence(), sequence);
            boolean isText = search.textSequence() == sequence;
            if (isText) {
                same("text", search.textIds(), searchable);
            }
            String embedded = graph.meta(StoreKeys.EMBEDDED).orElse("");
            boolean isEmbedded = embedded.endsWith(" " + sequence);
            if (isEmbedded) {
                links();
                if (search.vectorSequence() == sequence) {
                    same("vectors", search.vectorIds(), embeddable.keySet());
                }
            }
            return isText && (!isEmbedded || search.vectorSequence() == sequence);
        }
    }

    private void ahead(String part, long reached, long sequence) {
        findings.check(
                StoreCheck.SERVING,
                reached <= sequence,
                "the index of " + part,
                "is at commit " + reached + ", and the store at " + sequence);
    }

    private void same(String part, List<NodeId> served, Set<NodeId> wanted) {
        findings.checked(StoreCheck.SERVING, served.size());
        Set<NodeId> open = new HashSet<>(wanted);
        for (NodeId id : served) {
            if (!open.remove(id)) {
                findings.violation(
                        StoreCheck.SERVING,
                        "the index of " + part,
                        wanted.contains(id) ? "has " + name(id) + " twice" : "has " + name(id) + " for nothing");
            }
        }
        open.stream()
                .sorted()
                .forEach(id -> findings.violation(StoreCheck.SERVING, "the index of " + part, "lacks " + name(id)));
    }

    /** The links from nodes to texts, of which the store says that they are those of this commit. */
    private void links() {
        Map<NodeId, ContentHash> open = new HashMap<>(embeddable);
        graph.forEachNodeText((id, text) -> {
            ContentHash wanted = open.remove(id);
            if (!text.equals(wanted)) {
                findings.violation(StoreCheck.NODE_TEXT, name(id), "is stood for by another text than its own");
            }
        });
        open.keySet().stream()
                .sorted()
                .forEach(id -> findings.violation(StoreCheck.NODE_TEXT, name(id), "has no text that stands for it"));
    }

    private String name(NodeId id) {
        return graph.node(id)
                .map(stamped -> stamped.node().kind() + " " + stamped.node().symbol())
                .orElse("node " + id);
    }
}
