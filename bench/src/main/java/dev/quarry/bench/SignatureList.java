package dev.quarry.bench;

import dev.quarry.bench.ContextWay.Content;
import dev.quarry.rag.TokenCounter;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signatures below the names of their files, and nothing else: the shortest text that names declarations. */
final class SignatureList {
    private SignatureList() {}

    /** As many of these declarations as fit, the first ones first; one that does not fit is passed over. */
    static Content fill(EvalWorkspace repository, List<Node> nodes, Map<NodeId, String> paths, int budget) {
        TokenCounter counter = TokenCounter.standard();
        Set<String> documents = new HashSet<>();
        Set<String> named = new HashSet<>();
        int exact = 0;
        for (Node node : nodes) {
            String path = paths.getOrDefault(node.file(), "");
            String line = "│" + (node.declaration().isEmpty() ? node.symbol() : node.declaration()) + "\n";
            int tokens = counter.exact(line) + (named.contains(path) ? 0 : counter.exact("\n" + path + ":\n"));
            if (counter.withMargin(exact + tokens) <= budget) {
                exact += tokens;
                named.add(path);
                int first = node.span().startLine();
                documents.addAll(repository.documents(path, first, first));
            }
        }
        return new Content(documents, counter.withMargin(exact));
    }
}
