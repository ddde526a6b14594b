package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.graphdb.StoredVector;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.GarbageReport.Item;
import dev.quarry.server.GarbageReport.Kind;
import dev.quarry.server.IndexProgress.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Removes what a store holds for nothing. Texts are not among it: the store keeps a text as long as a file has it, and the
 * history what former states need.
 *
 * <p>Each removal is one transaction, so that a run which is killed leaves a store that is whole, and the next one goes on.
 * Readers see what they began with. The caller sees to it that nobody indexes or embeds meanwhile.
 */
final class GarbageCollection {
    private static final int VECTORS_PER_TRANSACTION = 8_192;

    /** What one entry of the serving index takes about: a vector, a byte for each of its elements, and its links. */
    private static final long ENTRY_BYTES = 2_048;

    /** The files are merged if at least one of so many bytes would be saved. */
    private static final int WORTH_MERGING = 10;

    private final GraphStore graph;
    private final SearchIndex search;
    private final Path directory;
    private final GarbageOptions options;

    GarbageCollection(GraphStore graph, SearchIndex search, Path directory, GarbageOptions options) {
        this.graph = graph;
        this.search = search;
        this.directory = directory;
        this.options = options;
        requireKnown(options.dropModels(), new TreeSet<>(graph.vectorsByModel().keySet()));
        String served = graph.meta(StoreKeys.EMBEDDED).orElse("");
        options.dropModels().stream()
                .filter(model ->
                        served.startsWith(model + " ") || search.vectorModel().equals(model))
                .findFirst()
                .ifPresent(model -> {
                    throw new QuarryException(
                            ErrorCode.BAD_INPUT,
                            "the model " + model + " is the one that searches use: only others can be dropped");
                });
    }

    private static void requireKnown(Set<String> wanted, Set<String> models) {
        for (String model : wanted) {
            if (!models.contains(model)) {
                String there = models.isEmpty() ? "it has none at all" : "it has those of " + String.join(", ", models);
                throw new QuarryException(
                        ErrorCode.NOT_FOUND, "the store has no vectors of a model " + model + ": " + there);
            }
        }
    }

    /** Blocks until all is removed and, where vectors were, the engine's index of the others is made anew. */
    GarbageReport run(IndexProgress progress) {
        List<HistoryState> states = graph.history().states();
        Optional<HistoryState> oldest = options.states().oldest(states);
        List<HistoryState> gone =
                oldest.map(state -> states.subList(0, states.indexOf(state))).orElse(List.of());
        Vectors vectors = unused(oldest, progress);
        List<NodeId> served = servedForNothing();
        List<Path> directories = abandoned();
        Item history = new Item(
                Kind.STATES,
                gone.size(),
                gone.isEmpty() ? 0 : oldest.map(graph.history()::bytesBefore).orElse(0L));
        Item unused = new Item(
                Kind.VECTORS,
                vectors.gone.size(),
                vectors.gone.stream().mapToLong(StoredVector::bytes).sum());
        Item left = new Item(
                Kind.DIRECTORIES,
                directories.size(),
                directories.stream().mapToLong(GarbageCollection::size).sum());
        GarbageReport report = new GarbageReport(
                options.dryRun(),
                List.of(history, unused, entries(served.size() + (long) search.removedCount()), left),
                vectors.kept);
        if (!options.dryRun()) {
            directories.forEach(GarbageCollection::delete);
            if (!gone.isEmpty()) {
                oldest.ifPresent(graph.history()::forgetBefore);
            }
            remove(served);
            remove(vectors.gone, progress);
            if ((history.bytes() + unused.bytes()) * WORTH_MERGING > size(directory)) {
                graph.compact();
            }
            if (!vectors.gone.isEmpty()) {
                progress.progress(Phase.VECTOR_INDEX, 0, 1);
                graph.buildVectorIndex();
                progress.progress(Phase.VECTOR_INDEX, 1, 1);
            }
        }
        return report;
    }

    private static Item entries(long count) {
        return new Item(Kind.SERVED, count, count * ENTRY_BYTES);
    }

    /** The vectors that go, and how many stay only because they are new. */
    private record Vectors(List<StoredVector> gone, long kept) {}

    private Vectors unused(Optional<HistoryState> oldest, IndexProgress progress) {
        Set<ContentHash> alive = new HashSet<>();
        graph.forEachNodeText((id, text) -> alive.add(text));
        List<StoredVector> gone = new ArrayList<>();
        List<StoredVector> idle = new ArrayList<>();
        for (StoredVector vector : graph.storedVectors()) {
            if (options.dropModels().contains(vector.model())) {
                gone.add(vector);
            } else if (!alive.contains(vector.text())) {
                idle.add(vector);
            }
        }
        Set<ContentHash> former = oldest.isEmpty() ? Set.of() : former(idle, oldest.get(), progress);
        idle.removeIf(vector -> former.contains(vector.text()));
        idle.sort(Comparator.comparingLong(StoredVector::number).reversed());
        int kept = Math.min(options.keepVectors(), idle.size());
        gone.addAll(idle.subList(kept, idle.size()));
        return new Vectors(gone, kept);
    }

    /** Those texts of vectors that stand for a node of a former state, back to the oldest that stays. */
    private Set<ContentHash> former(List<StoredVector> idle, HistoryState oldest, IndexProgress progress) {
        Set<ContentHash> open = new HashSet<>();
        idle.forEach(vector -> open.add(vector.text()));
        Set<ContentHash> found = new HashSet<>();
        if (open.isEmpty() || graph.history().isNow(oldest)) {
            return found;
        }
        FormerStates.visit(directory, "gc", (state, then, changed) -> {
            requireWanted(progress);
            for (StoredFile stored : changed) {
                if (stored.file().status().isIndexed()) {
                    NodeText.of(TextIndexer.facts(then, stored.file())).stream()
                            .filter(NodeText::isEmbedded)
                            .map(text -> ContentHash.ofText(text.embeddingText()))
                            .filter(open::remove)
                            .forEach(found::add);
                }
            }
            return !open.isEmpty() && state.number() > oldest.number();
        });
        return found;
    }

    private static void requireWanted(IndexProgress progress) {
        if (progress.cancelled()) {
            throw new CancellationException("the collection was cancelled");
        }
    }

    /** The nodes that are served a vector and have no text any more, as after runs without vectors. */
    private List<NodeId> servedForNothing() {
        Set<NodeId> served = new HashSet<>(search.vectorIds());
        graph.forEachNodeText((id, text) -> served.remove(id));
        return served.stream().sorted().toList();
    }

    /** What killed processes left in the store's directory, and beside it under names that begin with the store's. */
    private List<Path> abandoned() {
        try {
            List<Path> found = new ArrayList<>(StagedDirectory.abandoned(directory));
            Path own = directory.toAbsolutePath().normalize();
            String prefix = "." + own.getFileName() + ".";
            StagedDirectory.abandoned(own.resolveSibling("")).stream()
                    .filter(path -> path.getFileName().toString().startsWith(prefix))
                    .forEach(found::add);
            return found;
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    private void remove(List<NodeId> served) {
        if (!served.isEmpty()) {
            long sequence = search.vectorSequence();
            search.updateVectors(Map.of(), served);
            search.commitVectors(sequence, search.vectorModel());
        }
        if (search.removedCount() > 0) {
            search.expunge();
        }
    }

    private void remove(List<StoredVector> vectors, IndexProgress progress) {
        for (int from = 0; from < vectors.size(); from += VECTORS_PER_TRANSACTION) {
            requireWanted(progress);
            graph.removeVectors(vectors.subList(from, Math.min(vectors.size(), from + VECTORS_PER_TRANSACTION)));
        }
    }

    private static long size(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static void delete(Path folder) {
        try {
            StagedDirectory.delete(folder);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static QuarryException failure(Path folder, IOException cause) {
        return new QuarryException(
                ErrorCode.STORAGE,
                "the directory " + folder + " cannot be read or deleted (" + cause + "): check its permissions",
                cause);
    }
}
