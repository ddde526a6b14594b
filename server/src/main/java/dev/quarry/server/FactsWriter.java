package dev.quarry.server;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StateMark;
import dev.quarry.ingest.FactsSink;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;
import dev.quarry.search.SearchDocument;
import dev.quarry.search.SearchIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the facts that differ from what the store has, as they come: to the graph, and to the text index.
 *
 * <p>What fits into one transaction is written in one, at the end, so that readers see a small change whole or not at all.
 * What is larger is written in batches before, behind a note that the graph is not complete.
 *
 * <p>One thread writes; the analysis hands over through a bounded queue, so that it waits when the disk is slower. A
 * failure of the writer is thrown to the analysis at its next hand-over, and again by {@link #finish}.
 */
final class FactsWriter implements FactsSink, AutoCloseable {
    private static final int QUEUED_FILES = 256;
    private static final int ROWS_PER_TRANSACTION = 30_000;

    private sealed interface Item {
        record File(FileFacts facts) implements Item {}

        record End() implements Item {}
    }

    private final GraphStore graph;
    private final SearchIndex search;
    private final InstantTier instant;
    private final boolean everyText;
    private final Map<String, String> runningMeta;
    private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(QUEUED_FILES);
    private final Thread thread = Thread.ofPlatform().name("quarry-writer").unstarted(this::drain);
    private final List<FileFacts> batch = new ArrayList<>();
    private final WriteTotals totals = new WriteTotals();
    private int batchRows;
    private @Nullable SharedFacts shared;
    private @Nullable DerivedFacts derived;
    private volatile @Nullable RuntimeException failure;

    /**
     * A writer, at work from now on.
     *
     * @param instant the vectors that the text index takes with the documents
     * @param everyText whether the text index takes all files, and not only those that changed
     * @param runningMeta what to note in the store with the first write
     */
    FactsWriter(
            GraphStore graph,
            SearchIndex search,
            InstantTier instant,
            boolean everyText,
            Map<String, String> runningMeta) {
        this.graph = graph;
        this.search = search;
        this.instant = instant;
        this.everyText = everyText;
        this.runningMeta = Map.copyOf(runningMeta);
        thread.start();
    }

    @Override
    public void file(FileFacts facts) {
        put(new Item.File(facts));
    }

    @Override
    public void shared(SharedFacts facts) {
        shared = facts;
    }

    @Override
    public void derived(DerivedFacts facts) {
        derived = facts;
    }

    /**
     * Waits for the batches, then writes in one transaction the files that are left, the removal of those that are gone,
     * what the files share and what follows from all of them, with {@code meta} and with how many call sites are not bound,
     * by reason, and with the state that the run leads to.
     */
    WriteTotals finish(List<String> removedPaths, Map<String, String> meta, Coverage coverage, StateMark mark) {
        put(new Item.End());
        join();
        rethrow();
        Map<String, String> noted = new HashMap<>(meta);
        noted.put(StoreKeys.UNRESOLVED, CallCoverage.format(coverage.reasons()));
        write(new Delta(batch, removedPaths, shared, derived, noted), mark);
        removedPaths.forEach(path -> search.replaceFile(path, List.of()));
        return totals;
    }

    /** Ends the writer's thread, also when the analysis has failed. */
    @Override
    public void close() {
        if (thread.isAlive()) {
            queue.clear();
            put(new Item.End());
            join();
        }
    }

    private void put(Item item) {
        try {
            while (!queue.offer(item, 100, TimeUnit.MILLISECONDS)) {
                if (!thread.isAlive()) {
                    break;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the index run was interrupted");
        }
        rethrow();
    }

    private void rethrow() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        try {
            while (queue.take() instanceof Item.File(FileFacts facts)) {
                take(facts);
            }
        } catch (RuntimeException thrown) {
            failure = thrown;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(FileFacts facts) {
        if (graph.holds(facts)) {
            if (everyText) {
                index(facts);
            }
            return;
        }
        batch.add(facts);
        batchRows += facts.nodes().size() + facts.edges().size() + 1;
        if (batchRows >= ROWS_PER_TRANSACTION) {
            write(new Delta(batch, List.of(), null, null, runningMeta), null);
            batch.clear();
            batchRows = 0;
        }
    }

    private void write(Delta delta, @Nullable StateMark mark) {
        totals.add(mark == null ? graph.apply(delta) : graph.apply(delta, mark));
        delta.files().forEach(this::index);
    }

    private void index(FileFacts facts) {
        search.replaceFile(facts.file().path(), documents(facts), instant.vectors(facts));
    }

    /** The documents by which the text leg finds what a file declares. */
    static List<SearchDocument> documents(FileFacts facts) {
        return NodeText.documents(facts);
    }
}
