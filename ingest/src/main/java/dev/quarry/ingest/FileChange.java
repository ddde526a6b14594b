package dev.quarry.ingest;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a file.
 *
 * @param old null for one that has come
 * @param now null for one that has gone
 */
record FileChange(@Nullable AnalysedFile old, @Nullable AnalysedFile now) {
    String path() {
        AnalysedFile either = now != null ? now : old;
        if (either == null) {
            throw new IllegalStateException("a change of no file");
        }
        return either.path();
    }

    /** The types and callables that the file has, or had. */
    static Set<NodeId> ids(List<FileChange> changes) {
        Set<NodeId> ids = new HashSet<>();
        for (FileChange change : changes) {
            Stream.concat(nodes(change.old()), nodes(change.now())).forEach(node -> ids.add(node.id()));
        }
        return ids;
    }

    private static Stream<Node> nodes(@Nullable AnalysedFile file) {
        return file == null ? Stream.of() : file.facts().nodes().stream();
    }
}
