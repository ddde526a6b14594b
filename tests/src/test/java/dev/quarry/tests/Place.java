package dev.quarry.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Where a {@link Workload} works: sources, and a disk for all that is written of them, which can be put back to what it was
 * prepared to be.
 */
final class Place {
    private static final List<String> PACKAGES = List.of("tuple", "mutable", "builder", "event");
    private static final int SHAPES = 6;
    private static final int SEED = 7;

    private final Path folder;
    private final Path sources;
    private final Path disk;
    private List<String> before = List.of();
    private List<String> after = List.of();
    private int edited;

    private Place(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.sources = Files.createDirectories(this.folder.resolve("sources"));
        this.disk = Files.createDirectories(this.folder.resolve("disk"));
    }

    /** A place with a handful of classes. */
    static Place small(Path folder) throws IOException {
        Place place = new Place(folder);
        for (int i = 0; i < SHAPES; i++) {
            Files.writeString(place.sources.resolve("Shape" + i + ".java"), """
                    package shapes;

                    /** A shape with an area. */
                    public class Shape%d {
                        private int width = %d;

                        /** The area of this shape. */
                        public int area() {
                            return width * width;
                        }

                        public int twice(Shape%d other) {
                            return area() + other.area();
                        }
                    }
                    """.formatted(i, i, (i + 1) % SHAPES));
        }
        return place;
    }

    /** A place with some packages of a real library. */
    static Place real(Path folder) throws IOException {
        Place place = new Place(folder);
        Path all = Corpus.COMMONS_LANG.unpackSources(folder.resolve("lang"));
        for (String name : PACKAGES) {
            Files.move(all.resolve("org/apache/commons/lang3").resolve(name), place.sources.resolve(name));
        }
        return place;
    }

    /** The directory of the sources; what becomes of the disk does not concern it. */
    Path sources() {
        return sources;
    }

    /** The directory with all that is written. */
    Path disk() {
        return disk;
    }

    /** The store on the disk. */
    Path store() {
        return disk.resolve("store");
    }

    /** The backup on the disk. */
    Path backup() {
        return disk.resolve("backup");
    }

    /** A path beside the disk where nothing is. */
    Path scratch() {
        Path path = folder.resolve("scratch");
        delete(path);
        return path;
    }

    /** A path beside the disk for a copy, where nothing is. */
    Path copy() {
        Path path = folder.resolve("copy");
        delete(path);
        return path;
    }

    /** Commits the sources as they are; makes them a repository of git first if they are none. */
    void commit() {
        if (!Files.exists(sources.resolve(".git"))) {
            GitRepository.git(sources, "init", "-q", "-b", "main");
        }
        GitRepository.git(sources, "add", "-A");
        GitRepository.git(sources, "commit", "-q", "-m", "next");
    }

    /** Edits the sources in several ways; the first time always in the same, the second time too. */
    void edit() {
        SourceEditor editor = new SourceEditor(sources, new SplittableRandom(SEED + edited++));
        for (SourceEditor.Edit edit : List.of(
                SourceEditor.Edit.RENAME_METHOD,
                SourceEditor.Edit.CHANGE_BODY,
                SourceEditor.Edit.ADD_FILE,
                SourceEditor.Edit.MOVE_FILE,
                SourceEditor.Edit.REMOVE_FILE)) {
            editor.edit(edit);
        }
    }

    /** What a new store of the sources as they are now dumps. */
    List<String> clean() {
        Path store = scratch();
        Indexing.index(sources, store);
        return StoreDump.of(store);
    }

    /** Notes what the store held before the workload, and what it leads to. */
    void expect(List<String> dumpBefore, List<String> dumpAfter) {
        this.before = List.copyOf(dumpBefore);
        this.after = List.copyOf(dumpAfter);
    }

    /** What the store held before the workload. */
    List<String> before() {
        return before;
    }

    /** What the workload leads to. */
    List<String> after() {
        return after;
    }

    /** The names of what lies on the disk. */
    List<String> names() {
        try (Stream<Path> files = Files.list(disk)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Keeps the disk as it is now for {@link #putBack}. */
    void keep() {
        copy(disk, folder.resolve("kept"));
    }

    /** Makes the disk what it was when it was kept. */
    void putBack() {
        delete(disk);
        copy(folder.resolve("kept"), disk);
    }

    /** Copies a directory with all in it to where nothing is. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.find(directory, Integer.MAX_VALUE, (Path _, BasicFileAttributes _) -> true)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (java.nio.file.NoSuchFileException _) {
            // Nothing is there.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
