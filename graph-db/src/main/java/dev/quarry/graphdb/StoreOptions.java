package dev.quarry.graphdb;

/**
 * How a store is opened.
 *
 * @param cacheBytes how much native memory its block cache and write buffers may take together
 */
public record StoreOptions(long cacheBytes) {
    /** 192 MiB of cache. */
    public static final StoreOptions DEFAULT = new StoreOptions(192L << 20);

    private static final long MIN_CACHE_BYTES = 8L << 20;

    /** Rejects a cache that is too small to work with. */
    public StoreOptions {
        if (cacheBytes < MIN_CACHE_BYTES) {
            throw new IllegalArgumentException(
                    "a store needs a cache of at least " + MIN_CACHE_BYTES + " bytes, not " + cacheBytes);
        }
    }
}
