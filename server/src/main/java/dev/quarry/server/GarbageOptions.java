package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.Set;

/**
 * What a collection may take.
 *
 * @param dryRun whether nothing is removed, and only told what would be
 * @param keepVectors how many vectors of texts that stand for nothing are kept, the newest; a text that comes back, as when
 *     a branch is checked out again, then needs not be embedded again
 * @param dropModels models whose vectors go, whatever they stand for
 * @param states which states of the history stay; texts that these need stand for something
 */
public record GarbageOptions(boolean dryRun, int keepVectors, Set<String> dropModels, Retention states) {
    /** Some 80 MB: what several branches of a large repository differ in. */
    public static final int KEEP_VECTORS = 50_000;

    /** Copies the set. */
    public GarbageOptions {
        if (keepVectors < 0) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the number of vectors to keep is " + keepVectors + ": give 0 or more");
        }
        dropModels = Set.copyOf(dropModels);
    }
}
