package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signatures in the order of a map of the repository that a question has drawn, until the context is full. */
final class RankedMapContext implements ContextWay {
    private @Nullable Drawn last;

    /** The graph of a state of a store. */
    private record Drawn(GraphStore store, long sequence, IdentifierGraph graph, Map<NodeId, String> paths) {}

    @Override
    public String title() {
        return "ranked map";
    }

    @Override
    public Content pack(EvalWorkspace repository, String question, int budget) {
        Drawn drawn = drawn(repository);
        List<Node> ranked = drawn.graph().ranked(IdentifierGraph.words(question));
        return SignatureList.fill(repository, ranked, drawn.paths(), budget);
    }

    private Drawn drawn(EvalWorkspace repository) {
        GraphStore store = repository.workspace().graph();
        Drawn known = last;
        if (known != null && known.store() == store && known.sequence() == store.sequence()) {
            return known;
        }
        List<Node> nodes = new ArrayList<>();
        store.forEachNode(stamped -> {
            Node node = stamped.node();
            boolean isShown =
                    node.kind().isType() || node.kind() == NodeKind.METHOD || node.kind() == NodeKind.CONSTRUCTOR;
            if (isShown
                    && !Flags.has(node.flags(), Flags.IMPLICIT)
                    && node.span().endLine() > 0) {
                nodes.add(node);
            }
        });
        Map<NodeId, String> paths = new HashMap<>();
        store.files().forEach((path, file) -> paths.put(file.file().id(), path));
        Drawn drawn = new Drawn(store, store.sequence(), new IdentifierGraph(nodes, paths, repository::text), paths);
        last = drawn;
        return drawn;
    }
}
