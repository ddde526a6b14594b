package dev.quarry.server;

import dev.quarry.embed.StaticModel;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchIndex;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives what a run writes to the text index its vectors of the instant tier, which need no model and so are there with the
 * text. An index that has them keeps having them, also by runs that want no vectors: it must never be half true.
 */
final class InstantTier {
    private final Optional<StaticModel> model;
    private final boolean isLacking;

    private InstantTier(Optional<StaticModel> model, boolean isLacking) {
        this.model = model;
        this.isLacking = isLacking;
    }

    /** What an index has, or is to have from now on. */
    static InstantTier of(SearchIndex search, boolean wanted) {
        String served = search.instant().model();
        if (!wanted && served.isEmpty()) {
            return new InstantTier(Optional.empty(), false);
        }
        return new InstantTier(Optional.of(StaticModel.bundled()), !served.equals(StaticModel.id()));
    }

    /** Whether the text index must be written anew for them. */
    boolean isLacking() {
        return isLacking;
    }

    /** Names their model; empty if there are to be none. */
    String id() {
        return model.isPresent() ? StaticModel.id() : "";
    }

    /** The vectors of what a file declares. */
    Map<NodeId, float[]> vectors(FileFacts facts) {
        Map<NodeId, float[]> vectors = new HashMap<>();
        model.ifPresent(present -> {
            for (NodeText text : NodeText.of(facts)) {
                if (text.isEmbedded()) {
                    vectors.put(text.id(), present.embed(text.embeddingText()));
                }
            }
        });
        return vectors;
    }
}
