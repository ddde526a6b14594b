package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one file brings into the {@link FrameworkModel}, in the order of the text. */
final class FrameworkNotes {
    final List<TypeModel> types = new ArrayList<>();
    final List<FrameworkModel.Invocation> invocations = new ArrayList<>();

    /** The ids of all that frameworks see in the file. */
    Stream<NodeId> ids() {
        return Stream.concat(
                invocations.stream().map(FrameworkModel.Invocation::caller),
                types.stream()
                        .flatMap(type -> Stream.concat(
                                Stream.of(type.id()),
                                Stream.concat(
                                        type.fields().stream().map(TypeModel.Field::id),
                                        type.methods().stream().map(TypeModel.Method::id)))));
    }

    /** Whether frameworks see the same. */
    boolean isSame(FrameworkNotes other) {
        return types.equals(other.types) && invocations.equals(other.invocations);
    }

    /** Whether frameworks see the same, though not at the same places. */
    boolean isMoved(FrameworkNotes other) {
        return types.stream()
                        .map(TypeModel::withoutPlaces)
                        .toList()
                        .equals(other.types.stream()
                                .map(TypeModel::withoutPlaces)
                                .toList())
                && invocations.stream()
                        .map(FrameworkModel.Invocation::withoutPlace)
                        .toList()
                        .equals(other.invocations.stream()
                                .map(FrameworkModel.Invocation::withoutPlace)
                                .toList());
    }
}
