package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.graphdb.StoreCopies;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the states of a history, from the newest back, in a linked copy that is deleted afterwards. */
final class FormerStates {
    private static final StoreOptions OPTIONS = new StoreOptions(32L << 20);

    private FormerStates() {}

    /** Looks at a state. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Is handed a state, with the store as it was then.
         *
         * @param changed its files that the state behind it has not, or not with these facts
         * @return whether the state before is of interest too
         */
        boolean visit(HistoryState state, GraphStore graph, List<StoredFile> changed);
    }

    /**
     * Visits the states before what the store holds now.
     *
     * @param store a store, be it one that this process has open
     * @param name what the copy is called, below the store's directory
     * @throws QuarryException STORE_DAMAGED if the history does not lead there; STORAGE if the copy cannot be made
     */
    static void visit(Path store, String name, Visitor visitor) {
        try (StagedDirectory staged = StagedDirectory.beside(store.resolve(name))) {
            StoreCopies.linkInto(store, staged.path());
            try (GraphStore graph = GraphStore.open(staged.path(), OPTIONS)) {
                goBack(graph, visitor);
            }
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "former states of the store " + store + " cannot be made below it (" + e
                            + "): check the space and the permissions of the disk",
                    e);
        }
    }

    private static void goBack(GraphStore graph, Visitor visitor) {
        List<HistoryState> states = graph.history().states();
        Map<String, StoredFile> behind = graph.files();
        boolean isAtLast = graph.history().last().filter(graph.history()::isNow).isPresent();
        for (int i = states.size() - (isAtLast ? 2 : 1); i >= 0; i--) {
            graph.history().rewind(states.get(i));
            Map<String, StoredFile> files = graph.files();
            Map<String, StoredFile> later = behind;
            List<StoredFile> changed = files.entrySet().stream()
                    .filter(entry -> !isSame(entry.getValue(), later.get(entry.getKey())))
                    .map(Map.Entry::getValue)
                    .toList();
            if (!visitor.visit(states.get(i), graph, changed)) {
                return;
            }
            behind = files;
        }
    }

    private static boolean isSame(StoredFile file, @Nullable StoredFile other) {
        return other != null && other.facts().equals(file.facts());
    }
}
