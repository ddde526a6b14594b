package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.util.List;

/**
 * What one module of a repository is bound against.
 *
 * @param directory below the repository's root, with {@code /}; empty for the root itself
 * @param languageLevel the Java language level that its build declares, as {@code 17}; empty where it declares none
 * @param encoding the encoding of its sources that its build declares, as written; empty where it declares none
 * @param entries its jars, in the order in which classes are looked for
 * @param missing coordinates that it asks for and that are not on this machine, each once, sorted
 * @param siblings directories of the repository's modules that it depends on, nearest first
 */
public record ModuleClassPath(
        String directory,
        String languageLevel,
        String encoding,
        List<Entry> entries,
        List<String> missing,
        List<String> siblings) {
    /** Copies the lists. */
    public ModuleClassPath {
        entries = List.copyOf(entries);
        missing = List.copyOf(missing);
        siblings = List.copyOf(siblings);
    }
}
