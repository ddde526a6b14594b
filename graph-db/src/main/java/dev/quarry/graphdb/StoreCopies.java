package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes stores that begin as another one was at one commit, and share its files of rows as long as neither has compacted
 * them away. Each is a store of its own: writing to one, or deleting it, never changes the other.
 *
 * <p>What is shared takes its space once, where the file system has hard links and both stores lie on it; else it is
 * copied. Works without the store's lock, also while this or another process has it open and writes.
 */
public final class StoreCopies {
    /** Has the engine merge its files, and leaves out what was removed. */
    static final String MERGE = "::compact";

    private StoreCopies() {}

    /**
     * Makes a linked copy, which appears under its name whole or not at all.
     *
     * @param to a directory that is not there, or empty
     * @throws QuarryException NOT_FOUND if there is no store; BUSY if its files change faster than they can be taken;
     *     STORAGE if the copy cannot be written, or its place is taken
     */
    public static void link(Path from, Path to) {
        try (StagedDirectory staged = StagedDirectory.beside(to)) {
            linkInto(from, staged.path());
            staged.publish(false);
        } catch (IOException e) {
            throw failure(from, to, e);
        }
    }

    /**
     * The same for a directory in the making, to which a caller adds more before it publishes all; not forced to disk.
     *
     * @param directory a directory that holds no store
     */
    public static void linkInto(Path from, Path directory) {
        if (!StoreDirectory.holdsStore(from)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND, "there is no index at " + from + ": name the store with --store");
        }
        try {
            StoreImage image = new StoreImage(from, StoreImage.Ended.LINKED);
            if (image.isScattered()) {
                settle(from);
            }
            image.copyTo(directory);
        } catch (IOException e) {
            throw failure(from, directory, e);
        }
    }

    /**
     * Has the engine merge the files of a store that nobody has open, so that its copies need not do it each for itself.
     * What the store holds does not change; if it cannot be done, the files are taken as they are.
     */
    private static void settle(Path store) {
        try (StoreDirectory held = StoreDirectory.hold(store)) {
            Engine engine = Engine.open(held.engine(), StoreOptions.DEFAULT.cacheBytes());
            try {
                engine.execute(MERGE, new Params());
            } finally {
                engine.close();
            }
        } catch (QuarryException | EngineException _) {
            // Somebody has it open, or it is damaged, which whoever opens the copy will find.
        }
    }

    private static QuarryException failure(Path from, Path to, IOException cause) {
        return new QuarryException(
                ErrorCode.STORAGE,
                "the store " + from + " cannot be copied to " + to + " (" + EngineFailures.reason(cause)
                        + "): check the space and the permissions of the disk",
                cause);
    }
}
