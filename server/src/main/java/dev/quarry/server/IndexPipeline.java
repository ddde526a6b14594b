package dev.quarry.server;

import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.graphdb.WriteResult;
import dev.quarry.ingest.ClassPath;
import dev.quarry.ingest.FactsSink;
import dev.quarry.ingest.GitState;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.ingest.IngestReport;
import dev.quarry.ingest.IngestSession;
import dev.quarry.ingest.ProgressListener;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import dev.quarry.ingest.ScannedFile;
import dev.quarry.ingest.SkipReason;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.SharedFacts;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexProgress.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * The way from a directory of sources to the graph and the text index.
 *
 * <p>A run that finds every file and setting as the store has them writes nothing. Any other run analyses the repository,
 * or what a change bears on where the run before has kept its analysis, and writes only the rows that differ, so that its
 * result equals that of a first run. A killed run leaves whole
 * files behind; the next one finds them equal and goes on.
 */
final class IndexPipeline {
    /** Rises when the same sources would give other facts, so that stores written before are brought up to date. */
    private static final int ANALYSIS = 14;

    private final GraphStore graph;
    private final SearchIndex search;
    private final KeptAnalysis kept;

    /** With what the runs of a workspace keep. */
    IndexPipeline(GraphStore graph, SearchIndex search, KeptAnalysis kept) {
        this.graph = graph;
        this.search = search;
        this.kept = kept;
    }

    /** Indexes a repository; vectors are not its business. */
    IndexReport run(Path root, IndexOptions options, IndexProgress progress) {
        return run(root, options, progress, new WorkingTreeMarks(graph.history()));
    }

    /** The same, with somebody else to say which state the run leads to. */
    IndexReport run(Path root, IndexOptions options, IndexProgress progress, StateMarks marks) {
        long start = System.nanoTime();
        progress.progress(Phase.SCAN, 0, 0);
        String commit = GitState.of(root).flatMap(GitState::commit).orElse("");
        FileLimit limit = FileLimit.of(graph, options);
        RepositoryScan found = kept.scan(root, scanOptions(limit), options.trusting(), options.touched())
                .requireJava();
        progress.progress(Phase.SCAN, found.files().size(), found.files().size());
        IngestOptions ingest = IngestOptions.defaults().withThreads(options.threads());
        KeptAnalysis.Binding binding = kept.binding(() -> binding(found, ingest, options, progress));
        ClassPath classPath = binding.classPath();
        RepositoryScan scan = Ingest.decoded(found, classPath);
        String settings = binding.settings();
        Map<String, StoredFile> stored = graph.files();
        WriteTotals totals = new WriteTotals();
        InstantTier instant = InstantTier.of(search, options.instant());
        if (isCurrent(scan, settings, stored)) {
            new TextIndexer(graph, search, instant).catchUp();
            WriteResult written = writeSurroundings(scan, classPath, limit, commit, marks.of(scan, commit, stored));
            totals.add(written);
            if (written.hasChanged()) {
                search.commitText(graph.sequence(), instant.id());
            }
        } else {
            StateMark mark = marks.of(scan, commit, stored);
            Map<String, String> complete = completeMeta(scan, classPath, limit, settings, commit);
            totals = analyse(scan, binding, complete, mark, ingest, instant, options.kept(), progress);
        }
        return report(scan, totals, classPath, Duration.ofNanos(System.nanoTime() - start));
    }

    /**
     * Analyses what the store has of a repository, if that is not in memory yet and the files are as the store has them.
     * Nothing is written.
     *
     * @return whether it is in memory now
     */
    boolean remember(Path root, IndexOptions options, IndexProgress progress) {
        if (kept.isOf(graph.sequence())) {
            return true;
        }
        FileLimit limit = FileLimit.of(graph, options);
        RepositoryScan found = kept.scan(root, scanOptions(limit), options.trusting(), Optional.empty())
                .requireJava();
        IngestOptions ingest = IngestOptions.defaults().withThreads(options.threads());
        KeptAnalysis.Binding binding = kept.binding(() -> binding(found, ingest, options, progress));
        RepositoryScan scan = Ingest.decoded(found, binding.classPath());
        if (!isCurrent(scan, binding.settings(), graph.files())) {
            return false;
        }
        IngestSession session = kept.take(graph.sequence(), false);
        session.run(
                scan,
                binding.classPath(),
                binding.settings(),
                ingest,
                FactsSink.NONE,
                noting(Phase.REMEMBER, progress));
        kept.give(session, graph.sequence());
        return true;
    }

    private static ScanOptions scanOptions(FileLimit limit) {
        return ScanOptions.defaults().withMaxFileBytes(limit.bytes());
    }

    /** Tells how many files are done, as of this phase. */
    private static ProgressListener noting(Phase as, IndexProgress progress) {
        return (phase, done, total) -> {
            // Of all phases this is the one that runs on the calling thread, and so the one that may end the run.
            if (phase == ProgressListener.Phase.FACTS) {
                if (progress.cancelled()) {
                    throw new CancellationException("the index run was cancelled");
                }
                progress.progress(as, done, total);
            }
        };
    }

    private static KeptAnalysis.Binding binding(
            RepositoryScan scan, IngestOptions ingest, IndexOptions options, IndexProgress progress) {
        ClassPath classPath = classPath(scan.root(), ingest, options, progress);
        String settings = ANALYSIS + " " + ingest.languageLevel() + " " + classPath.fingerprint(scan.root()) + " "
                + Ingest.configuration(scan);
        return new KeptAnalysis.Binding(classPath, settings);
    }

    private static ClassPath classPath(Path root, IngestOptions ingest, IndexOptions options, IndexProgress progress) {
        ClassPath found = Ingest.classPath(root, ingest);
        if (!options.resolve()) {
            return found;
        }
        String remote = ArtifactResolution.remote();
        return new ArtifactResolution(remote, Ingest.localRepository(ingest), progress).complete(root, ingest, found);
    }

    private boolean isCurrent(RepositoryScan scan, String settings, Map<String, StoredFile> stored) {
        if (!isComplete() || !graph.meta(StoreKeys.SETTINGS).equals(Optional.of(settings))) {
            return false;
        }
        return stored.size() == scan.files().size() && scan.files().stream().allMatch(file -> isStored(stored, file));
    }

    /**
     * Writes what differs although the files are equal. The sources may have moved, other entries may be passed over,
     * other modules may ask for what is missing; only another name or commit is another state.
     */
    private WriteResult writeSurroundings(
            RepositoryScan scan, ClassPath classPath, FileLimit limit, String commit, StateMark mark) {
        graph.putMeta(surroundings(scan, classPath, limit));
        SharedFacts renamed = new StoredNames(graph).renamed(scan.root()).orElse(null);
        return graph.apply(new Delta(List.of(), List.of(), renamed, null, Map.of(StoreKeys.COMMIT, commit)), mark);
    }

    private boolean isComplete() {
        return graph.meta(StoreKeys.STATE).equals(Optional.of(StoreKeys.COMPLETE));
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
            KeptAnalysis.Binding binding,
            Map<String, String> complete,
            StateMark mark,
            IngestOptions ingest,
            InstantTier instant,
            boolean keeps,
            IndexProgress progress) {
        boolean everyText = search.textSequence() != graph.sequence() || instant.isLacking();
        if (everyText) {
            search.clearText();
        }
        IngestSession session = kept.take(graph.sequence(), keeps && !everyText && isComplete());
        List<String> removed = removedPaths(scan);
        Map<String, String> running = Map.of(
                StoreKeys.STATE,
                StoreKeys.RUNNING,
                StoreKeys.MAX_FILE_BYTES,
                complete.getOrDefault(StoreKeys.MAX_FILE_BYTES, ""));
        try (FactsWriter writer = new FactsWriter(graph, search, instant, everyText, running)) {
            IngestReport report = run(session, keeps, scan, binding, ingest, writer, noting(Phase.INDEX, progress));
            progress.progress(Phase.FINISH, 0, 1);
            WriteTotals totals = writer.finish(removed, ended(complete), report.coverage(), mark);
            search.commitText(graph.sequence(), instant.id());
            kept.give(session, graph.sequence());
            progress.progress(Phase.FINISH, 1, 1);
            return totals;
        }
    }

    private static IngestReport run(
            IngestSession session,
            boolean keeps,
            RepositoryScan scan,
            KeptAnalysis.Binding binding,
            IngestOptions options,
            FactsWriter writer,
            ProgressListener progress) {
        return keeps
                ? session.run(scan, binding.classPath(), binding.settings(), options, writer, progress)
                : Ingest.run(scan, binding.classPath(), options, writer, progress);
    }

    /** The stored paths that the scan has not; both come in the order of the paths. */
    private List<String> removedPaths(RepositoryScan scan) {
        List<String> removed = new ArrayList<>();
        int at = 0;
        for (String path : graph.files().keySet()) {
            while (at < scan.files().size() && scan.files().get(at).path().compareTo(path) < 0) {
                at++;
            }
            if (at == scan.files().size() || !scan.files().get(at).path().equals(path)) {
                removed.add(path);
            }
        }
        return removed;
    }

    private static Map<String, String> ended(Map<String, String> complete) {
        Map<String, String> meta = new HashMap<>(complete);
        meta.put(StoreKeys.INDEXED_AT, Instant.now().toString());
        return meta;
    }

    private static Map<String, String> completeMeta(
            RepositoryScan scan, ClassPath classPath, FileLimit limit, String settings, String commit) {
        Map<String, String> meta = new HashMap<>(surroundings(scan, classPath, limit));
        meta.put(StoreKeys.STATE, StoreKeys.COMPLETE);
        meta.put(StoreKeys.SETTINGS, settings);
        meta.put(StoreKeys.COMMIT, commit);
        return meta;
    }

    /** What is noted of a run; no fact of the files that are read depends on it. */
    private static Map<String, String> surroundings(RepositoryScan scan, ClassPath classPath, FileLimit limit) {
        String skipped = skipped(scan).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return Map.of(
                StoreKeys.REPOSITORY,
                scan.root().toString(),
                StoreKeys.MISSING_ARTIFACTS,
                String.join("\n", classPath.missingByModule()),
                StoreKeys.SKIPPED,
                skipped,
                StoreKeys.MAX_FILE_BYTES,
                limit.noted());
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
                totals.removedFiles(),
                totals.nodes(),
                totals.edges(),
                0,
                0,
                0,
                CallCoverage.of(graph),
                classPath.missingByModule(),
                graph.sequence(),
                elapsed);
    }
}
