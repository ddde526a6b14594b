package dev.quarry.bench;

import dev.quarry.rag.ContextRequest;
import dev.quarry.rag.PackedContext;
import dev.quarry.rag.PackedContext.Extent;
import dev.quarry.rag.PackedContext.Piece;
import dev.quarry.search.SearchFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The product's own. */
final class QuarryContext implements ContextWay {
    @Override
    public String title() {
        return "quarry";
    }

    @Override
    public Content pack(EvalWorkspace repository, String question, int budget) {
        PackedContext context = repository
                .workspace()
                .packer()
                .pack(new ContextRequest(question, List.of(), budget, SearchFilter.all()));
        Set<String> documents = new HashSet<>();
        for (Piece piece : context.pieces()) {
            int last = piece.extent() == Extent.BODY ? piece.endLine() : piece.startLine();
            documents.addAll(repository.documents(piece.path(), piece.startLine(), last));
        }
        return new Content(documents, context.tokens());
    }
}
