package dev.quarry.ingest;

import org.jspecify.annotations.Nullable;

/** Sameness of the compiler's trees and bindings, which stand for themselves. */
final class Identity {
    private Identity() {}

    @SuppressWarnings("ReferenceEquality") // what this is for
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
