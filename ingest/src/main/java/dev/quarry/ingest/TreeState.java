package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that an index run of a directory reads, by size and times of their last change, and the folders that they may
 * lie in. It is found by the walk of a scan, so that what a scan passes over is not in it. Only files that were changed just
 * before are read: the next change may have the same size and time. Immutable; safe for use by several threads.
 */
public final class TreeState {
    private static final Set<String> BUILD_FILES = Set.of("pom.xml", "gradle.properties");

    /** Lombok's configuration imports files of any name, which end as itself does by custom, and archives. */
    private static final List<String> BUILD_ENDINGS =
            List.of(".gradle", ".gradle.kts", ".lockfile", ".toml", ".config", ".jar");

    /** Within this time before a look, a file may have been changed once more than its times tell. */
    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Larger files, which nobody writes by hand, are told by size and times alone. */
    private static final long READ_BYTES_MAX = 1 << 20;

    private final Path root;
    private final Map<String, Stamp> files;
    private final Set<Path> folders;

    /** What tells a file from what it was; the content of a young one too, as far as it can be read. */
    private record Stamp(
            long size, FileTimes times, @Nullable ContentHash content) {
        static Stamp of(FolderWalk.Entry entry, long now) {
            boolean isRead = entry.times().latest() >= now - YOUNG_NANOS && entry.size() <= READ_BYTES_MAX;
            return new Stamp(entry.size(), entry.times(), isRead ? TreeState.content(entry.file()) : null);
        }

        /** Whether the file, which is this now, was the same then. */
        boolean isStill(Stamp then, Path file) {
            boolean isEqual = size == then.size && times.equals(then.times);
            if (!isEqual || then.content == null) {
                return isEqual;
            }
            return then.content.equals(content != null ? content : TreeState.content(file));
        }
    }

    private TreeState(Path root, Map<String, Stamp> files, Set<Path> folders) {
        this.root = root;
        this.files = files;
        this.folders = folders;
    }

    /**
     * The state of a directory now.
     *
     * @throws dev.quarry.schema.QuarryException if {@code root} does not exist or is no directory
     */
    public static TreeState of(Path root) {
        Path real = RepositoryScan.realRoot(root);
        long now = now();
        FolderWalk walk = new FolderWalk(real);
        Map<String, Stamp> files = new HashMap<>();
        for (FolderWalk.Entry entry : entries(walk)) {
            files.put(entry.path(), Stamp.of(entry, now));
        }
        return new TreeState(real, files, Set.copyOf(walk.folders()));
    }

    private static List<FolderWalk.Entry> entries(FolderWalk walk) {
        List<FolderWalk.Entry> all = new ArrayList<>(walk.run());
        all.addAll(walk.resources());
        all.addAll(walk.buildFiles());
        return all;
    }

    private static long now() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private static @Nullable ContentHash content(Path file) {
        try {
            return ContentHash.ofContent(Files.readAllBytes(file));
        } catch (IOException _) {
            return null;
        }
    }

    /** The directory, absolute and without symbolic links. */
    public Path root() {
        return root;
    }

    /** Every folder that is read, and those of builds' outputs in which generated sources may appear. */
    public Set<Path> folders() {
        return folders;
    }

    /** A file's path below the root, as {@link #has} and {@link #changedSince} spell it. */
    public String pathOf(Path file) {
        return IgnoreRules.slashed(root.relativize(file));
    }

    /** The paths of all files that an index run of a directory reads, below the root. */
    static Set<String> paths(Path root) {
        return entries(new FolderWalk(root)).stream()
                .map(FolderWalk.Entry::path)
                .collect(Collectors.toSet());
    }

    /** Whether this file is read. */
    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** The paths of the files that are new, gone or changed since then. */
    public Set<String> changedSince(TreeState before) {
        Set<String> changed = new TreeSet<>();
        files.forEach((path, stamp) -> {
            Stamp then = before.files.get(path);
            if (then == null || !stamp.isStill(then, root.resolve(path))) {
                changed.add(path);
            }
        });
        before.files.keySet().stream().filter(path -> !files.containsKey(path)).forEach(changed::add);
        return changed;
    }

    /** The same, with these files looked at again. */
    public TreeState refreshed(Collection<String> paths) {
        long now = now();
        Map<String, Stamp> all = new HashMap<>(files);
        for (String path : paths) {
            Optional<FolderWalk.Entry> entry = FolderWalk.entry(root.resolve(path), path);
            if (entry.isEmpty()) {
                all.remove(path);
            } else {
                all.put(path, Stamp.of(entry.get(), now));
            }
        }
        return new TreeState(root, all, folders);
    }

    /** Whether a file of this path, below the root, may be read, or decides what is read. */
    public static boolean mayMatter(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".java")
                || name.equals(".gitignore")
                || isBuildFile(name)
                || ResourceFiles.kindOf(path) != null;
    }

    /** Whether a file of this name tells of a build, is bound against, or says how sources are to be understood. */
    static boolean isBuildFile(String name) {
        return BUILD_FILES.contains(name) || BUILD_ENDINGS.stream().anyMatch(name::endsWith);
    }
}
