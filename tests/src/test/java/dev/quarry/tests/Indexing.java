package dev.quarry.tests;

import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.nio.file.Path;

/** Index runs in this process. */
final class Indexing {
    private static final IndexOptions WITHOUT_VECTORS = IndexOptions.defaults().withEmbed(false);

    private Indexing() {}

    /** Opens the store, brings it to the state of these sources without vectors, and closes it. */
    static IndexReport index(Path sources, Path store) {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            return index(sources, workspace);
        }
    }

    /** The same, with what was analysed kept for the next time. */
    static IndexReport follow(Path sources, Workspace workspace) {
        return workspace.index(sources, WITHOUT_VECTORS.withKept(true), IndexProgress.NONE);
    }

    /** Brings an open store to the state of these sources, without vectors. */
    static IndexReport index(Path sources, Workspace workspace) {
        return workspace.index(sources, WITHOUT_VECTORS, IndexProgress.NONE);
    }
}
