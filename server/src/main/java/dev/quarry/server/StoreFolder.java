package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store that is open, as it was when that began. Open files outlive a folder that is deleted: what is
 * written to them is lost, and by their names it would become part of whatever lies there by now.
 *
 * <p>It is known by the file that its process has locked: as long as that is open, no other file is taken for it. What a
 * file system knows a folder by may change, and comes back for another one.
 *
 * @param path where it lies
 * @param key what the file system knows the locked file by; null where there is none, or where that is not told
 */
record StoreFolder(Path path, @Nullable Object key) {
    private static final Path LOCK = Path.of("graph", "lock");

    /** The folder that lies there now. */
    static StoreFolder of(Path path) {
        return new StoreFolder(path, key(path).orElse(null));
    }

    /** What has become of it, with what helps; empty if it is still there. */
    Optional<String> problem() {
        boolean isThere = Files.isDirectory(path) && (key == null || key(path).equals(Optional.of(key)));
        return isThere
                ? Optional.empty()
                : Optional.of(
                        "the store " + path + " was deleted or replaced while it was open, so nothing is written to it"
                                + " any more: end this process, and start it again");
    }

    /**
     * Refuses to write where it is not there any more.
     *
     * @throws QuarryException STORAGE if so
     */
    void requireThere() {
        problem().ifPresent(problem -> {
            throw new QuarryException(ErrorCode.STORAGE, problem);
        });
    }

    private static Optional<Object> key(Path path) {
        try {
            return Optional.ofNullable(Files.readAttributes(path.resolve(LOCK), BasicFileAttributes.class)
                    .fileKey());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
