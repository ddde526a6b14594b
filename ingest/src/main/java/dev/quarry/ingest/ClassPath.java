package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
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
     * A jar, or a directory of class files.
     *
     * @param coordinate {@code group:artifact:version}, or the jar's file name where that is unknown
     */
    public record Entry(Path jar, String coordinate) {}

    /** Changes whenever binding against this class path could give another result: a jar came, went or was replaced. */
    public ContentHash fingerprint() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.coordinate()).append(' ').append(entry.jar()).append(' ');
            try {
                text.append(Files.size(entry.jar()))
                        .append(' ')
                        .append(Files.getLastModifiedTime(entry.jar()).toMillis());
            } catch (IOException unreadable) {
                text.append("unreadable");
            }
            text.append('\n');
        }
        missing.forEach(coordinate -> text.append("missing ").append(coordinate).append('\n'));
        return ContentHash.ofText(text.toString());
    }
}
