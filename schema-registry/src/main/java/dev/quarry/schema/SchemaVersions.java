package dev.quarry.schema;

import java.util.List;

/** The schema's versions: which one is current, and the steps that lead to it from each before it. */
public final class SchemaVersions {
    /** The version that this code writes and reads. */
    public static final int CURRENT = 4;

    private static final List<Migration> STEPS = List.of(EdgeColumn.STEP, DerivedRelations.STEP, HistoryRelations.STEP);

    private SchemaVersions() {}

    /**
     * The steps from a store's version to the current one, in order.
     *
     * @param store where the store lies, to name it in a refusal
     * @throws QuarryException if the store is newer than this code
     */
    public static List<Migration> stepsFrom(int version, String store) {
        if (version > CURRENT) {
            throw new QuarryException(
                    ErrorCode.STORE_TOO_NEW,
                    "the store at " + store + " has schema version " + version
                            + ", but this Quarry knows versions up to " + CURRENT
                            + ": use the Quarry that wrote it, or index into another directory with --store");
        }
        if (version < 1) {
            throw new QuarryException(
                    ErrorCode.STORE_DAMAGED,
                    "the store at " + store + " says it has schema version " + version
                            + ", which no Quarry has written");
        }
        return STEPS.stream().filter(step -> step.from() >= version).toList();
    }
}
