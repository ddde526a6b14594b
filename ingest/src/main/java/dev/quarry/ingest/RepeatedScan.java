package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Scans of one directory, one after the other: where it is told to trust their times, files that are as old and as large as
 * the scan before found them are not read again; where it is told which files alone may have changed, it looks at these
 * only. For one thread at a time.
 *
 * <p>A file that was changed shortly before a scan is read again by the next one in any case: within the resolution of its
 * time it may have changed once more.
 */
public final class RepeatedScan {
    private @Nullable State last;
    private boolean onlySources;

    /**
     * What a scan found; its lists are in the order of the paths.
     *
     * @param files the files of the entries, one for one, without their texts
     * @param young the paths of entries that may have changed unseen since they were read
     */
    private record State(
            Path root,
            ScanOptions options,
            long started,
            List<FolderWalk.Entry> entries,
            List<ScannedFile> files,
            Set<String> young,
            List<FolderWalk.Entry> buildFiles,
            List<FolderWalk.Entry> resources,
            List<ResourceFile> resourceFiles,
            Set<String> moduleFolders,
            Map<SkipReason, Integer> skipped) {
        boolean isOf(Path directory, ScanOptions wanted) {
            return root.equals(directory) && options.equals(wanted);
        }

        /** Whether these are the files that there were, and none may have changed unseen. */
        boolean isStill(List<FolderWalk.Entry> then, List<FolderWalk.Entry> now) {
            return then.equals(now) && areOld(now);
        }

        private boolean areOld(List<FolderWalk.Entry> all) {
            return all.stream().noneMatch(entry -> isYoung(entry, started));
        }

        /** Where a path is in the lists; negative if it is not. */
        int index(String path) {
            int low = 0;
            int high = entries.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = entries.get(middle).path().compareTo(path);
                if (order == 0) {
                    return middle;
                }
                low = order < 0 ? middle + 1 : low;
                high = order < 0 ? high : middle - 1;
            }
            return -1;
        }
    }

    /** Nothing was scanned yet. */
    public RepeatedScan() {}

    /**
     * Scans a directory; as {@link RepositoryScan#of} where times are not trusted.
     *
     * @param touched the paths of all files that may have changed since the last scan, if that is known and times are
     *     trusted
     * @throws dev.quarry.schema.QuarryException if {@code root} does not exist or is no directory
     */
    public RepositoryScan scan(Path root, ScanOptions options, boolean trustsTimes, Optional<Set<String>> touched) {
        long started = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        Path real = RepositoryScan.realRoot(root);
        State before = trustsTimes && last != null && last.isOf(real, options) ? last : null;
        Optional<RepositoryScan> found = Optional.empty();
        if (before != null && touched.isPresent()) {
            found = look(before, touched.get(), started);
        }
        return found.orElseGet(() -> walk(real, options, before, touched.orElse(Set.of()), started));
    }

    private RepositoryScan walk(
            Path real, ScanOptions options, @Nullable State before, Set<String> touched, long started) {
        FolderWalk walk = new FolderWalk(real);
        List<FolderWalk.Entry> entries = walk.run();
        HeldBytes budget = new HeldBytes(options.heldBytes());
        List<ScannedFile> files = entries.parallelStream()
                .map(entry -> {
                    boolean isTrusted = before != null && !touched.contains(entry.path());
                    ScannedFile known = before != null && isTrusted ? known(before, entry) : null;
                    return known != null ? known : read(entry, options, budget);
                })
                .toList();
        List<FolderWalk.Entry> buildFiles = walk.buildFiles().stream()
                .sorted(Comparator.comparing(FolderWalk.Entry::path))
                .toList();
        boolean sameResources = before != null && before.isStill(before.resources(), walk.resources());
        onlySources = before != null
                && sameResources
                && before.isStill(before.buildFiles(), buildFiles)
                && before.moduleFolders().equals(walk.moduleFolders());
        List<ResourceFile> resources =
                before != null && sameResources ? before.resourceFiles() : ResourceFiles.read(walk.resources());
        Set<String> young = new HashSet<>();
        entries.stream().filter(entry -> isYoung(entry, started)).forEach(entry -> young.add(entry.path()));
        last = new State(
                real,
                options,
                started,
                entries,
                files.stream().map(ScannedFile::released).toList(),
                young,
                buildFiles,
                List.copyOf(walk.resources()),
                resources,
                Set.copyOf(walk.moduleFolders()),
                walk.skipped());
        return new RepositoryScan(real, files, resources, walk.moduleFolders(), walk.skipped());
    }

    private static ScannedFile read(FolderWalk.Entry entry, ScanOptions options, HeldBytes budget) {
        return ScannedFile.read(entry.file(), entry.path(), entry.size(), options, budget);
    }

    private static @Nullable ScannedFile known(State before, FolderWalk.Entry entry) {
        int index = before.index(entry.path());
        return index >= 0
                        && before.entries().get(index).equals(entry)
                        && !before.young().contains(entry.path())
                ? before.files().get(index)
                : null;
    }

    /**
     * Looks at these files, and at those that are too young to be trusted; empty if that does not do, because more may have
     * changed than the content of Java files that were there before.
     */
    private Optional<RepositoryScan> look(State before, Set<String> touched, long started) {
        if (!before.areOld(before.buildFiles()) || !before.areOld(before.resources())) {
            return Optional.empty();
        }
        Set<String> paths = new HashSet<>(touched);
        paths.addAll(before.young());
        List<FolderWalk.Entry> entries = new ArrayList<>(before.entries());
        List<ScannedFile> files = new ArrayList<>(before.files());
        List<ScannedFile> released = new ArrayList<>(before.files());
        Set<String> young = new HashSet<>();
        HeldBytes budget = new HeldBytes(before.options().heldBytes());
        for (String path : paths) {
            int index = before.index(path);
            Optional<FolderWalk.Entry> now = index < 0
                    ? Optional.empty()
                    : FolderWalk.entry(entries.get(index).file(), path);
            if (now.isEmpty()) {
                return Optional.empty();
            }
            ScannedFile read = read(now.get(), before.options(), budget);
            entries.set(index, now.get());
            files.set(index, read);
            released.set(index, read.released());
            if (isYoung(now.get(), started)) {
                young.add(path);
            }
        }
        last = new State(
                before.root(),
                before.options(),
                started,
                entries,
                released,
                young,
                before.buildFiles(),
                before.resources(),
                before.resourceFiles(),
                before.moduleFolders(),
                before.skipped());
        onlySources = true;
        return Optional.of(new RepositoryScan(
                before.root(), files, before.resourceFiles(), before.moduleFolders(), before.skipped()));
    }

    private static boolean isYoung(FolderWalk.Entry entry, long started) {
        return entry.times().isYoung(started);
    }

    /** Whether, by the times of the files, the last scan differs from the one before in Java files at most. */
    public boolean onlySourcesChanged() {
        return onlySources;
    }
}
