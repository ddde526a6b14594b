package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the jars to bind a repository against. */
final class ClassPathFinder {
    private ClassPathFinder() {}

    static ClassPath find(Path root, IngestOptions options) {
        List<Entry> entries = new ArrayList<>();
        for (Path jar : options.extraClassPath()) {
            Path name = jar.getFileName();
            entries.add(new Entry(jar, name == null ? jar.toString() : name.toString()));
        }
        return new ClassPath(entries, List.of(), List.of());
    }
}
