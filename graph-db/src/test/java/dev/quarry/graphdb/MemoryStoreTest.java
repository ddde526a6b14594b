package dev.quarry.graphdb;

/** The contract, in memory. */
class MemoryStoreTest extends GraphStoreContract {
    @Override
    GraphStore create() {
        return GraphStore.inMemory();
    }
}
