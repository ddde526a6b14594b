package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchIndex;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which text stood for each node when vectors were last complete, file by file, so that the vectors of an edit are found by
 * looking at the edited files alone. It is kept in memory and stands for one model and one commit sequence.
 */
final class EmbeddedFiles {
    private final String model;
    private final Map<String, Known> files = new HashMap<>();
    private long sequence = -1;

    /**
     * A file.
     *
     * @param facts the digest of its facts
     */
    record Known(ContentHash facts, Map<NodeId, ContentHash> texts) {}

    EmbeddedFiles(String model) {
        this.model = model;
    }

    /** Whether this is what the store notes, and what the serving index serves. */
    boolean isCurrent(GraphStore graph, SearchIndex search, String wanted) {
        return model.equals(wanted)
                && sequence >= 0
                && graph.meta(StoreKeys.EMBEDDED).equals(Optional.of(model + " " + sequence))
                && search.vectorSequence() == sequence
                && search.vectorModel().equals(model);
    }

    /** The file as it was; empty if it is not known, or has other facts now. */
    Optional<Known> known(StoredFile file) {
        return Optional.ofNullable(files.get(file.file().path()))
                .filter(known -> known.facts().equals(file.facts()));
    }

    /** All files, by their paths. */
    Map<String, Known> files() {
        return files;
    }

    /** To be called when all vectors are served as the files have them. */
    void completed(long at) {
        sequence = at;
    }
}
