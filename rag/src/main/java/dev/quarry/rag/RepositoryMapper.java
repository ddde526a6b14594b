package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.GraphRank.Ranked;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws maps of a repository. What is ranked is kept until the store changes, so that further budgets cost little. Safe for
 * use by several threads.
 */
public final class RepositoryMapper {
    /** The smallest budget: the head alone needs some. */
    public static final int BUDGET_MIN = ContextRequest.BUDGET_MIN;

    /** The largest budget. */
    public static final int BUDGET_MAX = ContextRequest.BUDGET_MAX;

    private static final int LINE_CHARS_MAX = 160;

    private final GraphStore graph;
    private @Nullable Ranking ranking;

    /** The declarations, most leant on first, and the files that declare them, as of a sequence. */
    private record Ranking(long sequence, Coverage coverage, List<Node> best, Map<NodeId, String> paths) {}

    /** Draws maps of what this store holds. */
    public RepositoryMapper(GraphStore graph) {
        this.graph = graph;
    }

    /**
     * The map for a budget of tokens, {@value ContextRequest#BUDGET_MIN} to {@value ContextRequest#BUDGET_MAX}.
     *
     * @param provenance what the code is of
     * @throws QuarryException BAD_INPUT if the budget is out of range
     */
    public RepositoryMap map(int tokenBudget, Provenance provenance) {
        if (tokenBudget < BUDGET_MIN || tokenBudget > BUDGET_MAX) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the token budget " + tokenBudget + " is out of range: give " + BUDGET_MIN + " to " + BUDGET_MAX);
        }
        Ranking current = ranking();
        String head = head(current, provenance);
        int fits = 0;
        int fails = current.best().size() + 1;
        // No line has less than two tokens, so that more declarations than that cannot fit.
        fails = Math.min(fails, tokenBudget / 2 + 1);
        String markdown = text(head, current, 0);
        while (fails - fits > 1) {
            int middle = (fits + fails) / 2;
            String text = text(head, current, middle);
            if (TokenCounter.standard().count(text) <= tokenBudget) {
                fits = middle;
                markdown = text;
            } else {
                fails = middle;
            }
        }
        return new RepositoryMap(
                markdown,
                TokenCounter.standard().count(markdown),
                fits,
                current.best().size(),
                current.sequence(),
                current.coverage());
    }

    private synchronized Ranking ranking() {
        Ranking known = ranking;
        if (known == null || known.sequence() != graph.sequence()) {
            known = rank();
            ranking = known;
        }
        return known;
    }

    private Ranking rank() {
        long sequence = graph.sequence();
        List<Ranked> ranked = new ArrayList<>(GraphRank.of(graph));
        ranked.sort(Comparator.comparingDouble((Ranked one) -> -one.rank())
                .thenComparing(one -> one.node().id()));
        Map<NodeId, String> paths = new HashMap<>();
        graph.files().forEach((path, file) -> paths.put(NodeId.of(NodeKind.FILE, path, ""), path));
        return new Ranking(
                sequence, graph.coverage(), ranked.stream().map(Ranked::node).toList(), paths);
    }

    private static String head(Ranking ranking, Provenance provenance) {
        return ContextMarkdown.head(
                new ContextHead(ranking.sequence(), ranking.coverage(), provenance, TokenCounter.standard()));
    }

    /** The map of the best so many declarations: files in the order of their best, declarations in the order of the text. */
    private static String text(String head, Ranking ranking, int count) {
        Map<String, List<Node>> files = new LinkedHashMap<>();
        for (Node node : ranking.best().subList(0, count)) {
            files.computeIfAbsent(ranking.paths().getOrDefault(node.file(), "?"), _ -> new ArrayList<>())
                    .add(node);
        }
        StringBuilder text = new StringBuilder(head);
        text.append(count).append(" of ").append(ranking.best().size());
        text.append(" declarations: those that the code leans on most, with the lines where they begin.\n");
        files.forEach((path, nodes) -> {
            text.append('\n').append(path.replaceAll("\\p{Cntrl}", " ")).append('\n');
            nodes.sort(
                    Comparator.comparingInt((Node node) -> node.span().start()).thenComparing(Node::id));
            nodes.forEach(node -> line(text, node));
        });
        return text.toString();
    }

    private static void line(StringBuilder text, Node node) {
        String head = node.declaration().isEmpty() ? node.symbol() : node.declaration();
        String line = head.replaceAll("\\s+", " ");
        text.append(node.kind().isType() ? "  " : "    ")
                .append(node.span().startLine())
                .append(": ");
        text.append(line, 0, Math.min(LINE_CHARS_MAX, line.length())).append('\n');
    }
}
