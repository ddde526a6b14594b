package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The outlines of files, each read once for each content of a file. Safe for use by several threads. */
final class SourceOutlines {
    private final Map<String, Known> byPath = new ConcurrentHashMap<>();

    private record Known(ContentHash raw, SourceOutline outline) {}

    SourceOutline of(SourceFile file) {
        Known known = byPath.get(file.path());
        if (known == null || !known.raw().equals(file.raw())) {
            known = new Known(file.raw(), SourceOutline.of(file.text()));
            byPath.put(file.path(), known);
        }
        return known.outline();
    }
}
