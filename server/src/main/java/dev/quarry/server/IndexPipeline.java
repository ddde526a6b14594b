package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.ClassPath;
import dev.quarry.ingest.GitState;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.ingest.ProgressListener;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.ingest.ScannedFile;
import dev.quarry.ingest.SkipReason;
import dev.quarry.schema.FileStatus;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexProgress.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * The way from a directory of sources to the graph and the text index.
 *
 * <p>A run that finds every file and setting as the store has them writes nothing. Any other run analyses the repository
 * whole and writes only the rows that differ, so that its result equals that of a first run. A killed run leaves whole
 * files behind; the next one finds them equal and goes on.
 */
final class IndexPipeline {
    /** Rises when the same sources would give other facts, so that stores written before are brought up to date. */
    private static final int ANALYSIS = 4;

    private final GraphStore graph;
    private final SearchIndex search;
    private final TextIndexer text;

    IndexPipeline(GraphStore graph, SearchIndex search) {
        this.graph = graph;
        this.search = search;
        this.text = new TextIndexer(graph, search);
    }

    /** Indexes a repository; vectors are not its business. */
    IndexReport run(Path root, IndexOptions options, IndexProgress progress) {
        long start = System.nanoTime();
        progress.progress(Phase.SCAN, 0, 0);
        String commit = GitState.of(root).flatMap(GitState::commit).orElse("");
        RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults().withMaxFileBytes(options.maxFileBytes()))
                .requireJava();
        progress.progress(Phase.SCAN, scan.files().size(), scan.files().size());
        IngestOptions ingest = IngestOptions.defaults().withThreads(options.threads());
        ClassPath classPath = classPath(scan.root(), ingest, options, progress);
        String settings = ANALYSIS + " " + ingest.languageLevel() + " " + classPath.fingerprint() + " "
                + Ingest.configuration(scan);
        WriteTotals totals = new WriteTotals();
        if (isCurrent(scan, settings)) {
            text.catchUp();
            // The sources may have moved, or another commit may have the same files.
            graph.putMeta(Map.of(
                    StoreKeys.COMMIT, commit, StoreKeys.REPOSITORY, scan.root().toString()));
        } else {
            totals = analyse(scan, classPath, completeMeta(scan, classPath, settings, commit), ingest, progress);
        }
        return report(scan, totals, classPath, Duration.ofNanos(System.nanoTime() - start));
    }

    private static ClassPath classPath(Path root, IngestOptions ingest, IndexOptions options, IndexProgress progress) {
        ClassPath found = Ingest.classPath(root, ingest);
        if (!options.resolve()) {
            return found;
        }
        String remote = ArtifactResolution.remote();
        return new ArtifactResolution(remote, Ingest.localRepository(ingest), progress).complete(root, ingest, found);
    }

    private boolean isCurrent(RepositoryScan scan, String settings) {
        if (!graph.meta(StoreKeys.STATE).equals(Optional.of(StoreKeys.COMPLETE))
                || !graph.meta(StoreKeys.SETTINGS).equals(Optional.of(settings))) {
            return false;
        }
        Map<String, StoredFile> stored = graph.files();
        return stored.size() == scan.files().size() && scan.files().stream().allMatch(file -> isStored(stored, file));
    }

    private static boolean isStored(Map<String, StoredFile> stored, ScannedFile file) {
        StoredFile before = stored.get(file.path());
        if (before == null || !before.file().raw().equals(file.raw())) {
            return false;
        }
        FileStatus status = before.file().status();
        return status == file.status()
                || (file.status().isIndexed() && (status.isIndexed() || status == FileStatus.FAILED));
    }

    private WriteTotals analyse(
            RepositoryScan scan,
            ClassPath classPath,
            Map<String, String> complete,
            IngestOptions ingest,
            IndexProgress progress) {
        boolean everyText = search.textSequence() != graph.sequence();
        if (everyText) {
            search.clearText();
        }
        List<String> removed = removedPaths(scan);
        Map<String, String> running = Map.of(StoreKeys.STATE, StoreKeys.RUNNING);
        try (FactsWriter writer = new FactsWriter(graph, search, everyText, running)) {
            Ingest.run(scan, classPath, ingest, writer, (phase, done, total) -> {
                // Of all phases this is the one that runs on the calling thread, and so the one that may end the run.
                if (phase == ProgressListener.Phase.FACTS) {
                    if (progress.cancelled()) {
                        throw new CancellationException("the index run was cancelled");
                    }
                    progress.progress(Phase.INDEX, done, total);
                }
            });
            progress.progress(Phase.FINISH, 0, 1);
            WriteTotals totals = writer.finish(removed, ended(complete));
            search.commitText(graph.sequence());
            progress.progress(Phase.FINISH, 1, 1);
            return totals;
        }
    }

    private List<String> removedPaths(RepositoryScan scan) {
        Set<String> present = scan.files().stream().map(ScannedFile::path).collect(Collectors.toSet());
        return graph.files().keySet().stream()
                .filter(path -> !present.contains(path))
                .sorted()
                .toList();
    }

    private static Map<String, String> ended(Map<String, String> complete) {
        Map<String, String> meta = new HashMap<>(complete);
        meta.put(StoreKeys.INDEXED_AT, Instant.now().toString());
        return meta;
    }

    private static Map<String, String> completeMeta(
            RepositoryScan scan, ClassPath classPath, String settings, String commit) {
        String skipped = skipped(scan).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return Map.of(
                StoreKeys.STATE,
                StoreKeys.COMPLETE,
                StoreKeys.SETTINGS,
                settings,
                StoreKeys.REPOSITORY,
                scan.root().toString(),
                StoreKeys.MISSING_ARTIFACTS,
                String.join("\n", classPath.missingByModule()),
                StoreKeys.SKIPPED,
                skipped,
                StoreKeys.COMMIT,
                commit);
    }

    private static Map<String, Integer> skipped(RepositoryScan scan) {
        Map<String, Integer> byName = new TreeMap<>();
        scan.skipped().forEach((SkipReason reason, Integer count) -> byName.put(reason.name(), count));
        return byName;
    }

    private IndexReport report(RepositoryScan scan, WriteTotals totals, ClassPath classPath, Duration elapsed) {
        Map<FileStatus, Integer> files = new EnumMap<>(FileStatus.class);
        graph.files().values().forEach(file -> files.merge(file.file().status(), 1, Integer::sum));
        return new IndexReport(
                files,
                skipped(scan),
                totals.files(),
                totals.nodes(),
                totals.edges(),
                0,
                CallCoverage.of(graph),
                classPath.missingByModule(),
                graph.sequence(),
                elapsed);
    }
}
