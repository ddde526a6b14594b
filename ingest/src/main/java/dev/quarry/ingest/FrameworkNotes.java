package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;

/** What one file brings into the {@link FrameworkModel}, in the order of the text. */
final class FrameworkNotes {
    final List<TypeModel> types = new ArrayList<>();
    final List<FrameworkModel.Invocation> invocations = new ArrayList<>();

    /** Whether frameworks see the same. */
    boolean isSame(FrameworkNotes other) {
        return types.equals(other.types) && invocations.equals(other.invocations);
    }
}
