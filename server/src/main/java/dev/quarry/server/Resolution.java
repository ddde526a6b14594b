package dev.quarry.server;

import dev.quarry.schema.StampedNode;
import java.util.List;
import java.util.function.Supplier;

/** What a symbol's name, as people write it, stands for. */
public sealed interface Resolution {
    /** This, or where it is missing what the history knows of the name. */
    default Resolution orGone(Supplier<List<StampedNode>> gone) {
        if (!(this instanceof Missing)) {
            return this;
        }
        List<StampedNode> former = gone.get();
        return switch (former.size()) {
            case 0 -> this;
            case 1 -> new Found(former.getFirst());
            default -> new Ambiguous(former);
        };
    }

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
