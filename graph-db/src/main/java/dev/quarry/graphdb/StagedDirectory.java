package dev.quarry.graphdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory in the making, beside the place where it will be: {@code .NAME.PROCESS.part}. Closing it deletes it unless it
 * was published. What processes that were killed have left is deleted by the next that makes the same.
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
        Path folder = absolute.resolveSibling("");
        Files.createDirectories(folder);
        String prefix = "." + absolute.getFileName() + ".";
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder)) {
            for (Path sibling : siblings) {
                if (isLeftover(sibling.getFileName().toString(), prefix)) {
                    DurableFiles.delete(sibling);
                }
            }
        }
        Path path = folder.resolve(prefix + ProcessHandle.current().pid() + PART);
        DurableFiles.delete(path);
        Files.createDirectory(path);
        return new StagedDirectory(absolute, path);
    }

    private static boolean isLeftover(String name, String prefix) {
        if (!name.startsWith(prefix) || !name.endsWith(PART)) {
            return false;
        }
        try {
            long process = Long.parseLong(name.substring(prefix.length(), name.length() - PART.length()));
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
     * afterwards: who ends the process between these steps finds both whole.
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
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.force(target.resolveSibling(""));
        if (old.isPresent()) {
            DurableFiles.delete(old.get());
        }
    }

    private Path aside() throws IOException {
        String name = "." + target.getFileName() + "." + ProcessHandle.current().pid() + OLD;
        return Files.move(target, target.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        DurableFiles.delete(path);
    }
}
