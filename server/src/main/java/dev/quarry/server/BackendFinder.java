package dev.quarry.server;

import dev.quarry.ask.AskContext;
import dev.quarry.ask.ContextFinder;
import dev.quarry.ask.Source;
import dev.quarry.rag.SearchRequest;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the code for a question by a search, and packs what was found. */
public final class BackendFinder implements ContextFinder {
    private static final int HITS = 30;

    private final Backend backend;

    /** Finds in what this backend answers for. */
    public BackendFinder(Backend backend) {
        this.backend = backend;
    }

    @Override
    public AskContext find(String query, int tokens) {
        String words = query.substring(0, Math.min(query.length(), SearchRequest.TEXT_MAX_CHARS));
        Backend.Hits found = backend.search(new Backend.Question(words, HITS, Backend.Filter.NONE));
        long sequence = backend.standing().freshness().sequence();
        if (found.hits().isEmpty()) {
            return new AskContext(List.of(), 0, sequence, found.skipped());
        }
        Map<NodeId, Map<String, Integer>> ranks = new HashMap<>();
        found.hits().forEach(hit -> ranks.put(hit.node().id(), hit.ranks()));
        Backend.Packed packed = backend.pack(new Backend.ContextQuestion(
                Optional.empty(),
                found.hits().stream().map(hit -> hit.node().id()).toList(),
                tokens,
                false,
                Backend.Filter.NONE));
        List<Source> sources = new ArrayList<>();
        for (Backend.Piece piece : packed.pieces()) {
            sources.add(new Source(
                    sources.size() + 1,
                    piece.id(),
                    piece.symbol(),
                    piece.file(),
                    piece.startLine(),
                    piece.endLine(),
                    piece.extent(),
                    piece.why(),
                    piece.content(),
                    ranks.getOrDefault(piece.id(), Map.of()),
                    piece.text()));
        }
        return new AskContext(sources, packed.tokens(), sequence, found.skipped());
    }
}
