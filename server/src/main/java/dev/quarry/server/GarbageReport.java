package dev.quarry.server;

import java.util.List;

/**
 * What a collection has removed, or would remove.
 *
 * @param dryRun whether it is all still there
 * @param items one for each kind, in their order
 * @param kept how many vectors that stand for nothing stay, because of their age
 */
public record GarbageReport(boolean dryRun, List<Item> items, long kept) {
    /** Copies the list. */
    public GarbageReport {
        items = List.copyOf(items);
    }

    /** What a store can hold for nothing. */
    public enum Kind {
        /** States of the history that are older than those that are to stay. */
        STATES("states of the history that are older than is wanted"),
        /**
         * Vectors of texts that stand for no node, now or in a state that stays, beyond those that are kept; and those of
         * models to be dropped.
         */
        VECTORS("vectors of texts that are gone"),
        /** Entries of the serving index that were replaced or whose node is gone. */
        SERVED("replaced entries of the serving index"),
        /** Directories that were being made, or had been replaced, when a process ended. */
        DIRECTORIES("directories that ended processes left");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    /**
     * What there is of a kind.
     *
     * @param bytes what it takes; of rows and entries before they are packed
     */
    public record Item(Kind kind, long count, long bytes) {}

    /** What all of it takes. */
    public long bytes() {
        return items.stream().mapToLong(Item::bytes).sum();
    }
}
