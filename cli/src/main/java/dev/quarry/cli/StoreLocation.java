package dev.quarry.cli;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.WorkTrees;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a store is: {@code .quarry} in the repository's root unless the user says otherwise. */
final class StoreLocation {
    static final String DIRECTORY = ".quarry";
    private static final int BESIDE_MAX = 1_000;

    private StoreLocation() {}

    /**
     * The store for indexing this repository.
     *
     * @throws QuarryException if a bare repository of git has no store named: nothing is written there
     */
    static Path forRepository(Path root, Optional<String> option, Path directory) {
        if (option.isEmpty() && GitHistory.isBare(root)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    root + " is a git repository without a work tree: say where its store is to be with --store DIR");
        }
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
     * Where stores of other work trees of a repository may be: in these, and beside the store if it is not in its own.
     * Nothing says that there is one, or that one that is there belongs to the repository.
     */
    static List<Path> ofOtherWorkTrees(Path root, Path store) {
        List<Path> places = new ArrayList<>();
        WorkTrees.counterparts(root).forEach(tree -> places.add(tree.resolve(DIRECTORY)));
        Path folder = store.getParent();
        if (!store.endsWith(DIRECTORY) && folder != null) {
            try (Stream<Path> beside = Files.list(folder)) {
                beside.filter(other -> !other.equals(store))
                        .sorted()
                        .limit(BESIDE_MAX)
                        .forEach(places::add);
            } catch (IOException unreadable) {
                return places;
            }
        }
        return places;
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
