package dev.quarry.graphdb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on disk. */
class DiskStoreTest extends GraphStoreContract {
    @TempDir
    private Path directory;

    @Override
    GraphStore create() {
        return GraphStore.open(directory, new StoreOptions(16 << 20));
    }
}
