package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.List;

/**
 * The jars that a repository is bound against.
 *
 * @param entries in the order in which classes are looked for
 * @param missing coordinates that the repository asks for and that are not on this machine, each once, sorted
 * @param rejected jars that are there but are not used, with the reason, sorted
 */
public record ClassPath(List<Entry> entries, List<String> missing, List<String> rejected) {
    /** No jars. */
    public static final ClassPath EMPTY = new ClassPath(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public ClassPath {
        entries = List.copyOf(entries);
        missing = List.copyOf(missing);
        rejected = List.copyOf(rejected);
    }

    /**
     * A jar.
     *
     * @param coordinate {@code group:artifact:version}, or the jar's file name where that is unknown
     */
    public record Entry(Path jar, String coordinate) {}
}
