package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The outlines of files, each read once for each content of a file, and what they tell of a whole repository. Safe for use
 * by several threads.
 */
final class SourceOutlines {
    private final Map<String, Known> byPath = new ConcurrentHashMap<>();
    private @Nullable RepositoryTypes types;

    private record Known(ContentHash raw, SourceOutline outline) {}

    SourceOutline of(SourceFile file) {
        Known known = byPath.get(file.path());
        if (known == null || !known.raw().equals(file.raw())) {
            known = new Known(file.raw(), SourceOutline.of(file.text()));
            byPath.put(file.path(), known);
        }
        return known.outline();
    }

    /**
     * The types of a repository: those of the last call with the files that are to be bound put in their places, or, if
     * files came, went, or declare other types, read from all files. Whoever uses the last ones must be done with them.
     */
    synchronized RepositoryTypes types(List<BindingModule> modules) {
        RepositoryTypes last = types;
        if (last == null || !last.follow(modules, this)) {
            last = RepositoryTypes.of(modules, this);
            types = last;
        }
        return last;
    }
}
