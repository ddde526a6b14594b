package dev.quarry.graphdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory in the making, beside the place where it will be: {@code .NAME.PROCESS.part}. Closing it deletes it unless it
 * was published. What processes that were killed have left is deleted by the next that makes the same.
 */
public final class StagedDirectory implements AutoCloseable {
    private static final String PART = ".part";
    private static final String OLD = ".old";
    private static final Pattern LEFT = Pattern.compile("\\.[0-9]+\\.part");
    private static final Pattern NAME = Pattern.compile("\\.(.+)\\.[0-9]+\\.(?:part|old)");

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
        return name.startsWith(prefix)
                && LEFT.matcher(name.substring(prefix.length() - 1)).matches()
                && name.endsWith(PART)
                && !isAlive(name);
    }

    /**
     * The directories in a folder that processes made and left behind which are no more: those in the making, and those
     * that were replaced, if what replaced them is there.
     */
    public static List<Path> abandoned(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches()
                        && !isAlive(entry.getFileName().toString())
                        && (entry.toString().endsWith(PART) || Files.exists(entry.resolveSibling(name.group(1))))) {
                    found.add(entry);
                }
            }
        }
        found.sort(null);
        return found;
    }

    /** Deletes a directory with all in it, if it is there. */
    public static void delete(Path directory) throws IOException {
        DurableFiles.delete(directory);
    }

    private static boolean isAlive(String name) {
        String[] parts = name.split("\\.", -1);
        try {
            return ProcessHandle.of(Long.parseLong(parts[parts.length - 2]))
                    .filter(ProcessHandle::isAlive)
                    .isPresent();
        } catch (NumberFormatException _) {
            return true;
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
        force();
        Optional<Path> old = replace && Files.exists(target) ? Optional.of(aside()) : Optional.empty();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.force(target.resolveSibling(""));
        if (old.isPresent()) {
            DurableFiles.delete(old.get());
        }
    }

    /**
     * Moves what it holds into a directory, all of it on disk: these entries, in this order, each whole or not at all. The
     * rest is deleted with it.
     *
     * @throws IOException if one cannot be moved, or its place is taken
     */
    public void publishInto(Path directory, List<String> names) throws IOException {
        force();
        for (String name : names) {
            Files.move(path.resolve(name), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.force(directory);
        }
    }

    private void force() throws IOException {
        for (Path file : DurableFiles.files(path)) {
            DurableFiles.force(file);
        }
        try (Stream<Path> directories = Files.walk(path).filter(Files::isDirectory)) {
            for (Path directory : directories.toList()) {
                DurableFiles.force(directory);
            }
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
