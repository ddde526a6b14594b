package dev.quarry.ingest;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;

/**
 * What a scan reads.
 *
 * @param maxFileBytes larger files are counted and not read
 * @param heldBytes how many bytes of the files read are kept in memory for {@link ScannedFile#text()}; the rest is read
 *     again when it is asked for
 */
public record ScanOptions(long maxFileBytes, long heldBytes) {
    private static final long MEBIBYTE = 1L << 20;
    private static final ScanOptions DEFAULTS = new ScanOptions(5 * MEBIBYTE, 64 * MEBIBYTE);

    /** Rejects limits that cannot be met. */
    public ScanOptions {
        if (maxFileBytes < 1 || maxFileBytes > Integer.MAX_VALUE / 2) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the size limit for files must lie between 1 byte and 1 GiB, not at " + maxFileBytes + " bytes");
        }
        if (heldBytes < 0) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the memory for file texts cannot be " + heldBytes + " bytes: give 0 or more");
        }
    }

    /** Files up to 5 MiB, 64 MiB of them held. */
    public static ScanOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another size limit. */
    public ScanOptions withMaxFileBytes(long bytes) {
        return new ScanOptions(bytes, heldBytes);
    }
}
