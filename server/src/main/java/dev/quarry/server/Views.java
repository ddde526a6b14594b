package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.graphdb.StoreCopies;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Former states of a workspace, each as a workspace of its own: a linked copy of the store that is taken back to the state,
 * so that all that can be asked of now can be asked of then, by the same code.
 *
 * <p>The last few are kept below the store's directory until the workspace is closed; what a killed process has left is
 * deleted by the next one, which is alone with the store. Safe for use by several threads: questions about one state wait
 * for each other, those about different ones only while one is made.
 */
final class Views implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Views.class);
    private static final String DIRECTORY = "views";
    private static final int KEPT = 2;
    private static final StoreOptions OPTIONS = new StoreOptions(32L << 20);

    private final Workspace workspace;
    private final ReentrantLock changing = new ReentrantLock();
    private final Map<Long, View> views = new LinkedHashMap<>(KEPT, 0.75f, true);
    private boolean isClean;

    /** A view with what its serving index was linked from, until that was brought to the view's state. */
    private static final class View {
        private final ReentrantLock asking = new ReentrantLock();
        private final Workspace workspace;
        private final Map<String, StoredFile> linked;
        private final boolean isLinkedCurrent;
        private boolean isServed;

        View(Workspace workspace, Map<String, StoredFile> linked, boolean isLinkedCurrent) {
            this.workspace = workspace;
            this.linked = linked;
            this.isLinkedCurrent = isLinkedCurrent;
        }

        <T> T ask(boolean searches, Function<Workspace, T> question) {
            if (searches && !isServed) {
                workspace.serve(linked, isLinkedCurrent);
                isServed = true;
            }
            return question.apply(workspace);
        }

        void close() {
            asking.lock();
            try {
                workspace.closeView();
            } finally {
                asking.unlock();
            }
        }
    }

    Views(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Asks a state; the newest one is the workspace itself. */
    <T> T at(String revision, boolean searches, Function<Workspace, T> question) {
        HistoryState state = new StateFinder(workspace.graph().history(), workspace.repositoryRoot()).find(revision);
        if (isNow(state)) {
            return question.apply(workspace);
        }
        View view;
        changing.lock();
        try {
            view = known(state);
            view.asking.lock();
        } finally {
            changing.unlock();
        }
        try {
            return view.ask(searches, question);
        } finally {
            view.asking.unlock();
        }
    }

    private boolean isNow(HistoryState state) {
        return workspace.graph().history().last().equals(Optional.of(state))
                && workspace.graph().history().isNow(state);
    }

    private View known(HistoryState state) {
        View known = views.get(state.number());
        if (known != null && known.workspace.graph().history().last().equals(Optional.of(state))) {
            return known;
        }
        try {
            if (known != null) {
                drop(state.number());
            }
            if (!isClean) {
                StagedDirectory.delete(directory());
                isClean = true;
            }
            while (views.size() >= KEPT) {
                drop(views.keySet().iterator().next());
            }
            View made = make(state);
            views.put(state.number(), made);
            return made;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private QuarryException failure(IOException cause) {
        return new QuarryException(
                ErrorCode.STORAGE,
                "a former state cannot be made at " + directory() + " (" + cause
                        + "): check the space and the permissions of the disk",
                cause);
    }

    private Path directory() {
        return workspace.storeDirectory().resolve(DIRECTORY);
    }

    private Path directory(long number) {
        return directory().resolve(Long.toString(number));
    }

    private View make(HistoryState state) throws IOException {
        Path copy = directory(state.number());
        Files.createDirectories(copy);
        Workspace made = null;
        try {
            StoreCopies.linkInto(workspace.storeDirectory(), copy);
            SearchIndex.link(
                    workspace.storeDirectory().resolve(Workspace.SEARCH_DIRECTORY),
                    copy.resolve(Workspace.SEARCH_DIRECTORY));
            made = workspace.over(copy, OPTIONS);
            GraphStore graph = made.graph();
            Map<String, StoredFile> linked = graph.files();
            boolean isLinkedCurrent = made.isTextCurrent();
            graph.history().rewind(state);
            graph.putMeta(Map.of(
                    StoreKeys.REPOSITORY,
                    workspace.graph().meta(StoreKeys.REPOSITORY).orElse(""),
                    StoreKeys.COMMIT,
                    state.mark().commit(),
                    StoreKeys.STATE,
                    StoreKeys.COMPLETE));
            return new View(made, linked, isLinkedCurrent);
        } catch (RuntimeException failure) {
            if (made != null) {
                made.closeView();
            }
            StagedDirectory.delete(copy);
            throw failure;
        }
    }

    private void drop(long number) throws IOException {
        View view = views.remove(number);
        if (view != null) {
            view.close();
            StagedDirectory.delete(directory(number));
        }
    }

    /** Closes and deletes all views. */
    @Override
    public void close() {
        changing.lock();
        try {
            if (views.isEmpty()) {
                return;
            }
            for (Long number : views.keySet().stream().toList()) {
                drop(number);
            }
            StagedDirectory.delete(directory());
        } catch (IOException e) {
            LOG.warn("former states stay at {} until they are wanted next: {}", directory(), e.toString());
        } finally {
            changing.unlock();
        }
    }
}
