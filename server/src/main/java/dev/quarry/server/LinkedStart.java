package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.graphdb.StoreCopies;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.GitState;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.ingest.ScannedFile;
import dev.quarry.ingest.WorkTrees;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a new store begin as a linked copy of one that another work tree of the same git repository has, so that an index
 * run writes, binds and embeds only what differs between the two.
 *
 * <p>Taken is a store of the commit that is checked out, else the one that knows most of the files as they are. The copy is
 * made beside and appears when it is whole; a store that is there is left alone.
 */
public final class LinkedStart {
    private static final Logger log = LoggerFactory.getLogger(LinkedStart.class);
    private static final StoreOptions OPTIONS = new StoreOptions(32L << 20);
    private static final String GRAPH = "graph";

    /** How many stores are opened to find the nearest. */
    private static final int CANDIDATES = 4;

    /** A store that knows less than one of so many files as they are is no help. */
    private static final int FEWEST_SHARED = 10;

    private final Path root;
    private final Path store;
    private final Set<String> workTrees = new HashSet<>();
    private final Optional<String> commit;
    private Optional<Map<String, ContentHash>> files = Optional.empty();

    private LinkedStart(Path root, Path store, List<Path> workTrees) {
        this.root = root;
        this.store = store;
        this.commit = commitOf(root);
        workTrees.forEach(tree -> this.workTrees.add(tree.toString()));
    }

    /** A copy under the store's directory, and how many files it knows as they are; all of them for an equal commit. */
    private record Candidate(Path origin, StagedDirectory copy, long shared) {}

    /**
     * Makes the store, if there is none and another has something for it. Quick if there is none.
     *
     * @param root the repository's root, or a folder in it, that is to be indexed
     * @param store the directory of the store, which is there
     * @param others stores that may belong to other work trees of the repository; those that are none are passed over
     * @return the store that it begins with
     * @throws QuarryException STORAGE if the store's directory cannot be written
     */
    public static Optional<Path> of(Path root, Path store, List<Path> others) {
        if (GraphStore.exists(store)) {
            return Optional.empty();
        }
        List<Path> workTrees = WorkTrees.counterparts(root);
        if (workTrees.isEmpty()) {
            return Optional.empty();
        }
        try {
            return new LinkedStart(root.toRealPath(), store, workTrees).make(others);
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the store " + store + " cannot be made (" + e
                            + "): check the space and the permissions of the disk, or name another with --store",
                    e);
        }
    }

    private Optional<Path> make(List<Path> others) throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (Path other : nearestFirst(others)) {
                Optional<Candidate> candidate = candidate(other, candidates.size());
                candidate.ifPresent(candidates::add);
                if (candidate.filter(found -> found.shared == Long.MAX_VALUE).isPresent()
                        || candidates.size() == CANDIDATES) {
                    break;
                }
            }
            Optional<Candidate> best = candidates.stream().max(Comparator.comparingLong(Candidate::shared));
            return best.isPresent() && isPublished(best.get()) ? best.map(Candidate::origin) : Optional.empty();
        } finally {
            for (Candidate candidate : candidates) {
                candidate.copy.close();
            }
        }
    }

    /** The stores that are there: first those where the same commit is checked out, then those written last. */
    private List<Path> nearestFirst(List<Path> others) {
        List<Path> same = new ArrayList<>();
        Map<Path, Long> written = new LinkedHashMap<>();
        for (Path other : others) {
            if (!other.equals(store) && GraphStore.exists(other)) {
                if (commit.isPresent() && commit.equals(commitOf(other))) {
                    same.add(other);
                } else {
                    written.put(other, data(other).toFile().lastModified());
                }
            }
        }
        List<Path> all = new ArrayList<>(same);
        written.entrySet().stream()
                .sorted(Map.Entry.<Path, Long>comparingByValue().reversed())
                .forEach(entry -> all.add(entry.getKey()));
        return all;
    }

    private static Path data(Path store) {
        return store.resolve(GRAPH).resolve("engine").resolve("data");
    }

    /** The commit that is checked out where a store, or a folder of sources, lies. */
    private static Optional<String> commitOf(Path folder) {
        return GitState.of(folder).flatMap(GitState::commit);
    }

    /** A copy of a store, if that is of the repository and has something for this work tree. */
    private Optional<Candidate> candidate(Path other, int number) throws IOException {
        StagedDirectory copy = StagedDirectory.beside(store.resolve("start" + number));
        boolean isKept = false;
        try {
            StoreCopies.linkInto(other, copy.path());
            SearchIndex.link(
                    other.resolve(Workspace.SEARCH_DIRECTORY), copy.path().resolve(Workspace.SEARCH_DIRECTORY));
            long shared = adopt(copy.path());
            isKept = shared > 0;
            return isKept ? Optional.of(new Candidate(other, copy, shared)) : Optional.empty();
        } catch (QuarryException unusable) {
            log.info("{} is not used for {}: {}", other, store, unusable.getMessage());
            return Optional.empty();
        } finally {
            if (!isKept) {
                copy.close();
            }
        }
    }

    /** Makes the copy one of this work tree; says how many files it knows as they are, 0 if it is of no use. */
    private long adopt(Path copy) {
        try (GraphStore graph = GraphStore.open(copy, OPTIONS)) {
            if (graph.meta(StoreKeys.REPOSITORY).filter(workTrees::contains).isEmpty()) {
                return 0;
            }
            graph.putMeta(Map.of(StoreKeys.REPOSITORY, root.toString(), StoreKeys.MAX_FILE_BYTES, ""));
            boolean isComplete = graph.meta(StoreKeys.STATE).equals(Optional.of(StoreKeys.COMPLETE));
            if (isComplete && commit.isPresent() && graph.meta(StoreKeys.COMMIT).equals(commit)) {
                return Long.MAX_VALUE;
            }
            return shared(graph.files());
        }
    }

    private long shared(Map<String, StoredFile> stored) {
        Map<String, ContentHash> own = files.orElseGet(this::scan);
        files = Optional.of(own);
        long shared = own.entrySet().stream()
                .filter(file -> {
                    StoredFile known = stored.get(file.getKey());
                    return known != null && known.file().raw().equals(file.getValue());
                })
                .count();
        return shared * FEWEST_SHARED < own.size() ? 0 : shared;
    }

    private Map<String, ContentHash> scan() {
        Map<String, ContentHash> hashes = new HashMap<>();
        for (ScannedFile file : RepositoryScan.of(root, ScanOptions.defaults()).files()) {
            hashes.put(file.path(), file.raw());
        }
        return hashes;
    }

    /** Puts a copy in its place, the graph last: with it the store is there. Another process may have been faster. */
    private boolean isPublished(Candidate candidate) throws IOException {
        if (Files.exists(store.resolve(GRAPH))) {
            return false;
        }
        // One without a graph is of a process that was killed between the two moves.
        StagedDirectory.delete(store.resolve(Workspace.SEARCH_DIRECTORY));
        candidate.copy.publishInto(store, List.of(Workspace.SEARCH_DIRECTORY, GRAPH));
        return true;
    }
}
