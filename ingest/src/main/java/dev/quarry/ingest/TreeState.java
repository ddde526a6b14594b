package dev.quarry.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files that an index run of a directory reads, by size and time of their last change, and the folders that they may
 * lie in. It is found by the walk of a scan, without reading a file, so that what a scan passes over is not in it.
 * Immutable; safe for use by several threads.
 */
public final class TreeState {
    private static final Set<String> BUILD_FILES = Set.of("pom.xml", "gradle.properties");

    /** Lombok's configuration imports files of any name, which end as itself does by custom, and archives. */
    private static final List<String> BUILD_ENDINGS =
            List.of(".gradle", ".gradle.kts", ".lockfile", ".toml", ".config", ".jar");

    private final Path root;
    private final Map<String, Stamp> files;
    private final Set<Path> folders;

    private record Stamp(long size, long modified) {}

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
        FolderWalk walk = new FolderWalk(real);
        Map<String, Stamp> files = new HashMap<>();
        put(files, walk.run());
        put(files, walk.resources());
        put(files, walk.buildFiles());
        return new TreeState(real, files, Set.copyOf(walk.folders()));
    }

    private static void put(Map<String, Stamp> files, List<FolderWalk.Entry> entries) {
        entries.forEach(entry -> files.put(entry.path(), new Stamp(entry.size(), entry.modified())));
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

    /** The paths of all files that are read, below the root. */
    Set<String> paths() {
        return Collections.unmodifiableSet(files.keySet());
    }

    /** Whether this file is read. */
    public boolean has(String path) {
        return files.containsKey(path);
    }

    /** The paths of the files that are new, gone or changed since then. */
    public Set<String> changedSince(TreeState before) {
        Set<String> changed = new TreeSet<>();
        files.forEach((path, stamp) -> {
            if (!stamp.equals(before.files.get(path))) {
                changed.add(path);
            }
        });
        before.files.keySet().stream().filter(path -> !files.containsKey(path)).forEach(changed::add);
        return changed;
    }

    /** The same, with these files looked at again. */
    public TreeState refreshed(Collection<String> paths) {
        Map<String, Stamp> now = new HashMap<>(files);
        for (String path : paths) {
            Stamp stamp = stamp(root.resolve(path));
            if (stamp == null) {
                now.remove(path);
            } else {
                now.put(path, stamp);
            }
        }
        return new TreeState(root, now, folders);
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

    private static @Nullable Stamp stamp(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? new Stamp(attributes.size(), modified(attributes)) : null;
        } catch (IOException _) {
            return null;
        }
    }

    /** When a file was last changed, in nanoseconds. */
    static long modified(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
