package dev.quarry.graphdb;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction changes.
 *
 * @param files files that are new or may have changed, each with all that it says
 * @param removedPaths files that are gone
 * @param shared all that no single file says, or null to leave it as it is
 * @param derived all that follows from the facts of all files together, or null to leave it as it is
 * @param meta what to note about the store in the same transaction
 */
public record Delta(
        List<FileFacts> files,
        List<String> removedPaths,
        @Nullable SharedFacts shared,
        @Nullable DerivedFacts derived,
        Map<String, String> meta) {
    /** Copies the lists. */
    public Delta {
        files = List.copyOf(files);
        removedPaths = List.copyOf(removedPaths);
        meta = Map.copyOf(meta);
    }

    /** These files, and nothing else. */
    public static Delta ofFiles(List<FileFacts> files) {
        return new Delta(files, List.of(), null, null, Map.of());
    }
}
