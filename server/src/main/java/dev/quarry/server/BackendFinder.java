package dev.quarry.server;

import dev.quarry.ask.AskContext;
import dev.quarry.ask.ContextFinder;
import dev.quarry.ask.Retrieval;
import dev.quarry.ask.Source;
import dev.quarry.ask.Step;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.TokenCounter;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the code for a question by a search, and packs what was found. */
public final class BackendFinder implements ContextFinder {
    private static final int HITS = 30;

    /** What stands around a piece in a prompt: its number and a key, twice, and the names of its lines. */
    private static final int FRAME_TOKENS = 70;

    private final Backend backend;

    /** Finds in what this backend answers for. */
    public BackendFinder(Backend backend) {
        this.backend = backend;
    }

    @Override
    public AskContext find(String query, int tokens, String model) {
        String words = SearchRequest.fitting(query);
        // Read first: what is found by a later state under an older number is taken for old, and never the reverse.
        long sequence = backend.sequence();
        long searching = System.nanoTime();
        Backend.Hits found = backend.search(new Backend.Question(words, HITS, Backend.Filter.NONE));
        Step search = Step.since(Step.Kind.SEARCH, searching);
        if (found.hits().isEmpty()) {
            Retrieval alone = new Retrieval(found.shape(), found.legs(), List.of(search));
            return new AskContext(List.of(), 0, sequence, found.skipped(), alone);
        }
        final long packing = System.nanoTime();
        Map<NodeId, Map<String, Integer>> ranks = new HashMap<>();
        found.hits().forEach(hit -> ranks.put(hit.node().id(), hit.ranks()));
        Backend.Packed packed = backend.pack(new Backend.ContextQuestion(
                Optional.empty(),
                found.hits().stream().map(hit -> hit.node().id()).toList(),
                tokens,
                false,
                Backend.Filter.NONE,
                model));
        TokenCounter counter = TokenCounter.of(model);
        int used = 0;
        List<Source> sources = new ArrayList<>();
        for (Backend.Piece piece : packed.pieces()) {
            int cost = FRAME_TOKENS + counter.count(piece.symbol() + "\n" + piece.file() + "\n" + piece.text());
            if (used + cost <= tokens) {
                used += cost;
                sources.add(source(sources.size() + 1, piece, ranks.getOrDefault(piece.id(), Map.of())));
            }
        }
        Retrieval retrieval =
                new Retrieval(found.shape(), found.legs(), List.of(search, Step.since(Step.Kind.PACK, packing)));
        return new AskContext(sources, used, sequence, found.skipped(), retrieval);
    }

    /** The code of these declarations under these numbers; empty if one of them cannot be quoted. */
    Optional<AskContext> quoted(List<NodeId> nodes, List<Integer> numbers) {
        long sequence = backend.sequence();
        Map<NodeId, Backend.Piece> pieces = new HashMap<>();
        backend.quote(nodes.stream().distinct().toList()).forEach(piece -> pieces.put(piece.id(), piece));
        TokenCounter counter = TokenCounter.of("");
        int tokens = 0;
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Backend.Piece piece = pieces.get(nodes.get(i));
            if (piece == null) {
                return Optional.empty();
            }
            tokens += FRAME_TOKENS + counter.count(piece.text());
            sources.add(source(numbers.get(i), piece, Map.of()));
        }
        return Optional.of(new AskContext(sources, tokens, sequence, Map.of()));
    }

    private static Source source(int number, Backend.Piece piece, Map<String, Integer> ranks) {
        return new Source(
                number,
                piece.id(),
                piece.symbol(),
                piece.file(),
                piece.startLine(),
                piece.endLine(),
                piece.extent(),
                piece.why(),
                piece.content(),
                ranks,
                piece.text());
    }
}
