package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;

/**
 * A vector that the store holds.
 *
 * @param text the hash of the text that was embedded
 * @param model the id of the model that made it
 * @param number its number in the relation {@code vec}; later ones are higher
 */
public record StoredVector(ContentHash text, String model, long number) {
    private static final int ROW_BYTES = 2 * Integer.BYTES * 4;
    private static final int HASH_BYTES = 32;

    /** What its rows take before the engine packs them, in bytes. */
    public long bytes() {
        return (long) VectorWrites.DIMENSION * Float.BYTES + ROW_BYTES + HASH_BYTES + model.length();
    }
}
