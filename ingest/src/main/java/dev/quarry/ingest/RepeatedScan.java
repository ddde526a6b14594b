package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Scans of one directory, one after the other: where it is told to trust their times, files that are as old and as large as
 * the scan before found them are not read again. For one thread at a time.
 *
 * <p>A file that was changed shortly before a scan is read again by the next one in any case: within the resolution of its
 * time it may have changed once more.
 */
public final class RepeatedScan {
    private static final long RESOLUTION_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private @Nullable State last;
    private boolean onlySources;

    private record State(
            Path root,
            ScanOptions options,
            long started,
            Map<String, FolderWalk.Entry> entries,
            Map<String, ScannedFile> files,
            List<FolderWalk.Entry> buildFiles,
            List<FolderWalk.Entry> resources,
            List<ResourceFile> resourceFiles) {
        boolean isOf(Path directory, ScanOptions wanted) {
            return root.equals(directory) && options.equals(wanted);
        }

        /** Whether these are the files that there were, and none may have changed unseen. */
        boolean isStill(List<FolderWalk.Entry> then, List<FolderWalk.Entry> now) {
            return then.equals(now) && now.stream().allMatch(entry -> isOld(entry, started));
        }
    }

    /** Nothing was scanned yet. */
    public RepeatedScan() {}

    /**
     * Scans a directory; as {@link RepositoryScan#of} where times are not trusted.
     *
     * @throws dev.quarry.schema.QuarryException if {@code root} does not exist or is no directory
     */
    public RepositoryScan scan(Path root, ScanOptions options, boolean trustsTimes) {
        long started = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        Path real = RepositoryScan.realRoot(root);
        State before = trustsTimes && last != null && last.isOf(real, options) ? last : null;
        FolderWalk walk = new FolderWalk(real);
        List<FolderWalk.Entry> entries = walk.run();
        HeldBytes budget = new HeldBytes(options.heldBytes());
        List<ScannedFile> files = entries.parallelStream()
                .map(entry -> {
                    ScannedFile known = before == null ? null : known(before, entry);
                    return known != null
                            ? known
                            : ScannedFile.read(entry.file(), entry.path(), entry.size(), options, budget);
                })
                .toList();
        List<FolderWalk.Entry> buildFiles = walk.buildFiles().stream()
                .sorted(Comparator.comparing(FolderWalk.Entry::path))
                .toList();
        boolean sameResources = before != null && before.isStill(before.resources(), walk.resources());
        onlySources = before != null && sameResources && before.isStill(before.buildFiles(), buildFiles);
        List<ResourceFile> resources =
                before != null && sameResources ? before.resourceFiles() : ResourceFiles.read(walk.resources());
        last = state(real, options, started, entries, files, buildFiles, walk.resources(), resources);
        return new RepositoryScan(real, files, resources, walk.skipped());
    }

    private static State state(
            Path root,
            ScanOptions options,
            long started,
            List<FolderWalk.Entry> entries,
            List<ScannedFile> files,
            List<FolderWalk.Entry> buildFiles,
            List<FolderWalk.Entry> resources,
            List<ResourceFile> resourceFiles) {
        Map<String, FolderWalk.Entry> byPath = HashMap.newHashMap(entries.size());
        entries.forEach(entry -> byPath.put(entry.path(), entry));
        Map<String, ScannedFile> released = HashMap.newHashMap(files.size());
        files.forEach(file -> released.put(file.path(), file.released()));
        return new State(root, options, started, byPath, released, buildFiles, List.copyOf(resources), resourceFiles);
    }

    private static @Nullable ScannedFile known(State before, FolderWalk.Entry entry) {
        return entry.equals(before.entries().get(entry.path())) && isOld(entry, before.started())
                ? before.files().get(entry.path())
                : null;
    }

    private static boolean isOld(FolderWalk.Entry entry, long started) {
        return entry.modified() < started - RESOLUTION_NANOS;
    }

    /** Whether, by the times of the files, the last scan differs from the one before in Java files at most. */
    public boolean onlySourcesChanged() {
        return onlySources;
    }
}
