package dev.quarry.server;

import dev.quarry.schema.StampedNode;
import java.util.List;

/** What a symbol's name, as people write it, stands for. */
public sealed interface Resolution {
    /** Exactly one node. */
    record Found(StampedNode node) implements Resolution {}

    /** Several; the text does not tell them apart. */
    record Ambiguous(List<StampedNode> candidates) implements Resolution {
        /** Copies the list. */
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** None; the hint says so, with names that are close. */
    record Missing(String hint) implements Resolution {}
}
