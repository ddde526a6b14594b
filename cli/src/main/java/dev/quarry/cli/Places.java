package dev.quarry.cli;

import dev.quarry.ingest.GitHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Files and lines in the form that terminals and editors open: {@code path:line}, relative to the working directory.
 * Where the repository is gets asked when the first place is shown.
 */
final class Places {
    private final Path store;
    private final Supplier<Optional<Path>> indexed;
    private final Terminal terminal;
    private boolean isAsked;
    private Optional<Path> root = Optional.empty();

    /**
     * Places of the repository that a store holds.
     *
     * @param indexed tells where it was when it was indexed
     */
    Places(Path store, Supplier<Optional<Path>> indexed, Terminal terminal) {
        this.store = store;
        this.indexed = indexed;
        this.terminal = terminal;
    }

    /** The place, unstyled; empty if there is no file. */
    String plain(String file, int line) {
        if (file.isEmpty()) {
            return "";
        }
        String path = Names.printable(
                root().map(at -> terminal.shown(at.resolve(file))).orElse(file));
        return line > 0 ? path + ":" + line : path;
    }

    /** What the user means by a path. */
    Path meant(String path) {
        return terminal.directory().resolve(path).normalize();
    }

    /**
     * The repository's root: where it was indexed, or else, if it has moved with its store, around that. Empty if it is
     * not known, or has no files because it is bare; paths then are relative to it as they are.
     */
    Optional<Path> root() {
        if (!isAsked) {
            root = indexed.get()
                    .filter(Files::isDirectory)
                    .or(this::aroundStore)
                    .filter(at -> !GitHistory.isBare(at));
            isAsked = true;
        }
        return root;
    }

    private Optional<Path> aroundStore() {
        return store.endsWith(StoreLocation.DIRECTORY)
                ? Optional.ofNullable(store.toAbsolutePath().getParent())
                : Optional.empty();
    }
}
