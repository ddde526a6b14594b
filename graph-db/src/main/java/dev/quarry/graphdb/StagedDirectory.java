package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory in the making, beside the place where it will be: {@code .NAME.PROCESS.part}. Closing it deletes it unless it
 * was published. What processes that were killed have left is deleted by the next that makes the same; what one of them
 * has moved aside and not replaced is moved back by {@link #recover}.
 */
public final class StagedDirectory implements AutoCloseable {
    private static final String PART = ".part";
    private static final String OLD = ".old";

    private final Path target;
    private final Path path;

    private StagedDirectory(Path target, Path path) {
        this.target = target;
        this.path = path;
    }

    /** Makes an empty directory that is to become this one. */
    public static StagedDirectory beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        Files.createDirectories(absolute.resolveSibling(""));
        recover(absolute);
        for (Path part : leftovers(absolute, PART)) {
            DurableFiles.delete(part);
        }
        for (Path old : leftovers(absolute, OLD)) {
            DurableFiles.delete(old);
        }
        Path path = sibling(absolute, PART);
        DurableFiles.delete(path);
        Files.createDirectory(path);
        return new StagedDirectory(absolute, path);
    }

    /**
     * Moves a directory back to its place, where a process ended when it had moved it aside and not yet put another there.
     * Does nothing if something is at the place.
     *
     * @throws QuarryException STORAGE if it cannot be moved
     */
    public static void recover(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute) || !Files.isDirectory(absolute.resolveSibling(""))) {
            return;
        }
        try {
            for (Path old : leftovers(absolute, OLD)) {
                Files.move(old, absolute, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.force(absolute.resolveSibling(""));
                return;
            }
        } catch (IOException e) {
            if (!Files.exists(absolute)) {
                throw new QuarryException(
                        ErrorCode.STORAGE,
                        "what was at " + absolute + " lies beside it as ." + absolute.getFileName() + ".*" + OLD
                                + " and cannot be moved back (" + e + "): check the permissions of the disk",
                        e);
            }
        }
    }

    /** What processes that have ended left beside this place, the newest first. */
    private static List<Path> leftovers(Path target, String suffix) throws IOException {
        String prefix = "." + target.getFileName() + ".";
        try (Stream<Path> siblings = Files.list(target.resolveSibling(""))) {
            return siblings.filter(sibling -> isLeftover(sibling.getFileName().toString(), prefix, suffix))
                    .sorted(Comparator.comparingLong(
                                    (Path path) -> path.toFile().lastModified())
                            .reversed())
                    .toList();
        }
    }

    private static Path sibling(Path target, String suffix) {
        return target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + suffix);
    }

    private static boolean isLeftover(String name, String prefix, String suffix) {
        if (!name.startsWith(prefix) || !name.endsWith(suffix)) {
            return false;
        }
        try {
            long process = Long.parseLong(name.substring(prefix.length(), name.length() - suffix.length()));
            return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
        } catch (NumberFormatException | StringIndexOutOfBoundsException _) {
            return false;
        }
    }

    /** Where it is made. */
    public Path path() {
        return path;
    }

    /**
     * Puts it in its place, all of it on disk. One that is there is first moved to {@code .NAME.PROCESS.old} and deleted
     * afterwards: who ends the process between these steps finds both whole. If the disk fails, the one that was there is
     * put back, now or by {@link #recover}.
     *
     * @param replace whether one that is there may be replaced; an empty directory always is
     * @throws IOException if it cannot be moved, or the place is taken
     */
    public void publish(boolean replace) throws IOException {
        for (Path file : DurableFiles.files(path)) {
            DurableFiles.force(file);
        }
        try (Stream<Path> directories = Files.walk(path).filter(Files::isDirectory)) {
            for (Path directory : directories.toList()) {
                DurableFiles.force(directory);
            }
        }
        Optional<Path> old = replace && Files.exists(target) ? Optional.of(aside()) : Optional.empty();
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.force(target.resolveSibling(""));
        } catch (IOException e) {
            takeBack(old, e);
            throw e;
        }
        if (old.isPresent()) {
            deleteNowOrLater(old.get());
        }
    }

    private Path aside() throws IOException {
        return Files.move(target, sibling(target, OLD), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the place what it was. */
    private void takeBack(Optional<Path> old, IOException cause) {
        try {
            if (!Files.exists(path)) {
                Files.move(target, path, StandardCopyOption.ATOMIC_MOVE);
            }
            if (old.isPresent()) {
                Files.move(old.get(), target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** What was replaced is of no use any more: what cannot be deleted now, the next that makes the same deletes. */
    private static void deleteNowOrLater(Path old) {
        try {
            DurableFiles.delete(old);
        } catch (IOException _) {
            // The replacement is in its place and on disk, which is what was asked for.
        }
    }

    @Override
    public void close() throws IOException {
        DurableFiles.delete(path);
    }
}
