package dev.quarry.cli;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a store is: {@code .quarry} in the repository's root unless the user says otherwise. */
final class StoreLocation {
    static final String DIRECTORY = ".quarry";

    private StoreLocation() {}

    /** The store for indexing this repository. */
    static Path forRepository(Path root, Optional<String> option, Path directory) {
        Path store = option.map(text -> directory.resolve(text).normalize()).orElseGet(() -> root.resolve(DIRECTORY));
        StagedDirectory.recover(store);
        return store;
    }

    /**
     * The store to ask: the one named, else the nearest {@code .quarry} from the working directory upwards.
     *
     * @throws QuarryException if there is none
     */
    static Path existing(Optional<String> option, Path directory) {
        if (option.isPresent()) {
            Path named = directory.resolve(option.get()).normalize();
            StagedDirectory.recover(named);
            if (!Files.isDirectory(named)) {
                throw new QuarryException(
                        ErrorCode.NOT_FOUND,
                        "there is no store at " + named + ": make one with 'quarry index DIR --store " + option.get()
                                + "'");
            }
            return named;
        }
        return nearest(directory)
                .or(() -> recovered(directory))
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.NOT_FOUND,
                        "neither " + directory
                                + " nor a directory above it has been indexed: run 'quarry index DIR', or"
                                + " name a store with --store"));
    }

    /** The nearest store from this directory upwards. */
    static Optional<Path> nearest(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            Path store = at.resolve(DIRECTORY);
            if (Files.isDirectory(store)) {
                return Optional.of(store);
            }
        }
        return Optional.empty();
    }

    /** The nearest store that can be moved back to its place; nearer ones that are in their place go first. */
    private static Optional<Path> recovered(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            StagedDirectory.recover(at.resolve(DIRECTORY));
        }
        return nearest(directory);
    }

    /**
     * Makes the directory, and keeps version control out of it.
     *
     * @throws QuarryException if it cannot be made or written
     */
    static void prepare(Path store) {
        try {
            Files.createDirectories(store);
            Path ignore = store.resolve(".gitignore");
            if (!Files.exists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the store " + store + " cannot be made (" + failure.getMessage()
                            + "): name a directory that can be written with --store",
                    failure);
        }
    }
}
