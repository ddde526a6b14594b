package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The files of a commit that an index run may read: those of the indexed folder, and above and beside it what tells of
 * builds and of ignored files. The files of a submodule are among them where it is checked out in the work tree and its
 * objects hold the commit that this one names for it.
 */
public final class GitTree {
    private final GitHistory history;
    private final Map<String, Blob> files;

    /** A file's content, and where it is kept. */
    private record Blob(ObjectId id, GitObjects objects) {}

    private GitTree(GitHistory history, Map<String, Blob> files) {
        this.history = history;
        this.files = files;
    }

    /** The tree of a commit. */
    public static GitTree of(GitHistory history, GitCommit commit) {
        Map<String, Blob> files = new TreeMap<>();
        try {
            collect(history, history.objects(), ObjectId.fromString(commit.id()), "", files);
            return new GitTree(history, files);
        } catch (IOException e) {
            throw history.unreadable(e);
        }
    }

    /** Adds the files of a commit whose work tree lies in this folder: empty, or with {@code /} at its end. */
    private static void collect(
            GitHistory history, GitObjects objects, ObjectId commit, String folder, Map<String, Blob> files)
            throws IOException {
        try (RevWalk revisions = new RevWalk(objects);
                TreeWalk walk = new TreeWalk(objects)) {
            walk.addTree(revisions.parseCommit(commit).getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                String path = folder + walk.getPathString();
                if (!isSafe(path) || !SourceEncoding.isUtf8(walk.getRawPath())) {
                    continue;
                }
                ObjectId id = walk.getObjectId(0);
                if (FileMode.GITLINK.equals(walk.getRawMode(0))) {
                    Optional<GitObjects> inner = history.submodule(path);
                    if (inner.isPresent() && inner.get().has(id)) {
                        collect(history, inner.get(), id, path + "/", files);
                    }
                } else if (isFile(walk.getRawMode(0)) && isWanted(path, history.prefix())) {
                    files.put(path, new Blob(id, objects));
                }
            }
        }
    }

    private static boolean isFile(int mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    private static boolean isWanted(String path, String prefix) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isInside = prefix.isEmpty() || path.startsWith(prefix + "/");
        return isInside
                ? TreeState.mayMatter(path)
                : name.equals(".gitignore") || (TreeState.isBuildFile(name) && !name.endsWith(".jar"));
    }

    /** Whether a path leads to a place below the folder that it is written to, on every system. */
    private static boolean isSafe(String path) {
        if (path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.indexOf(':') >= 0) {
            return false;
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.toLowerCase(Locale.ROOT).equals(".git")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a folder from another tree to this one, the files that differ alone.
     *
     * @param folder holds what {@code before} has
     * @return how many files were written or deleted
     * @throws IOException if the folder cannot be written
     */
    public int writeTo(Path folder, GitTree before) throws IOException {
        int changed = 0;
        for (String path : before.files.keySet()) {
            if (!files.containsKey(path)) {
                delete(folder, path);
                changed++;
            }
        }
        for (Map.Entry<String, Blob> file : files.entrySet()) {
            Blob then = before.files.get(file.getKey());
            if (then == null || !then.id().equals(file.getValue().id())) {
                byte[] bytes = bytes(file.getValue());
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.resolveSibling(""));
                Files.write(target, bytes);
                changed++;
            }
        }
        return changed;
    }

    private byte[] bytes(Blob blob) {
        try {
            return blob.objects().blob(blob.id());
        } catch (IOException e) {
            throw history.unreadable(e);
        }
    }

    /** Whether there is a Java file in the indexed folder. */
    public boolean hasJava() {
        String prefix = folder(history);
        return files.keySet().stream().anyMatch(path -> path.startsWith(prefix) && path.endsWith(".java"));
    }

    /** A tree without files. */
    public static GitTree empty(GitHistory history) {
        return new GitTree(history, new HashMap<>());
    }

    /** Deletes a file, and the folders that are empty without it. */
    private static void delete(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        Files.deleteIfExists(file);
        for (Path parent = file.resolveSibling(""); !parent.equals(folder); parent = parent.resolveSibling("")) {
            try (var entries = Files.list(parent)) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(parent);
        }
    }

    /**
     * Whether what a scan has read is what this tree has: the same Java files with the same bytes, and the same of what
     * tells of builds and frameworks. Line ends that git converts at a checkout are no difference.
     */
    public boolean isScanned(RepositoryScan scan) {
        String prefix = history.prefix();
        Map<String, ContentHash> scanned = new HashMap<>();
        scan.files().forEach(file -> scanned.put(file.path(), file.content()));
        Map<String, ObjectId> inside = new HashMap<>();
        files.forEach((path, blob) -> {
            if (prefix.isEmpty() || path.startsWith(prefix + "/")) {
                inside.put(prefix.isEmpty() ? path : path.substring(prefix.length() + 1), blob.id());
            }
        });
        Set<String> present = TreeState.paths(scan.root());
        return inside.keySet().containsAll(present)
                && inside.entrySet().parallelStream()
                        .allMatch(file -> isSame(scan.root(), file.getKey(), file.getValue(), scanned));
    }

    /**
     * Whether files of a folder are as a commit has them, those that are gone too; ends at the first that is not.
     *
     * @param paths below the folder that the repository was opened by, with {@code /}
     */
    public static boolean areThere(GitHistory history, GitCommit commit, Path folder, Set<String> paths) {
        String prefix = folder(history);
        ObjectId id = ObjectId.fromString(commit.id());
        try {
            for (String path : paths) {
                ObjectId found = find(history, history.objects(), id, "", prefix + path);
                boolean isAsThere = found == null
                        ? !Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)
                        : isSame(folder, path, found, Map.of());
                if (!isAsThere) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw history.unreadable(e);
        }
    }

    /** What a commit whose work tree lies in this folder, and its submodules, have at a path below it; null if nothing. */
    private static @Nullable ObjectId find(
            GitHistory history, GitObjects objects, ObjectId commit, String folder, String path) throws IOException {
        try (RevWalk revisions = new RevWalk(objects)) {
            RevTree tree = revisions.parseCommit(commit).getTree();
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                String inner = folder + path.substring(0, end);
                GitObjects submodule = history.submodule(inner).orElse(null);
                ObjectId link = submodule == null ? null : entry(objects, tree, path.substring(0, end));
                if (submodule != null && link != null && submodule.has(link)) {
                    return find(history, submodule, link, inner + "/", path.substring(end + 1));
                }
            }
            return entry(objects, tree, path);
        }
    }

    private static @Nullable ObjectId entry(GitObjects objects, RevTree tree, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(objects, path, tree)) {
            return found == null ? null : found.getObjectId(0);
        }
    }

    /** What the paths of files in the indexed folder begin with. */
    private static String folder(GitHistory history) {
        return history.prefix().isEmpty() ? "" : history.prefix() + "/";
    }

    private static boolean isSame(Path root, String path, ObjectId id, Map<String, ContentHash> scanned) {
        Path file;
        try {
            file = root.resolve(path);
        } catch (InvalidPathException _) {
            return false; // the user's locale has no encoding for it
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            ContentHash raw = scanned.get(path);
            return isBlob(bytes, id) && (raw == null || raw.equals(ContentHash.ofContent(bytes)));
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether git keeps these bytes as this blob: as they are, or text with line ends of its own. */
    private static boolean isBlob(byte[] bytes, ObjectId id) {
        return id.name().equals(blobId(bytes)) || id.name().equals(blobId(LineEnds.asInGit(bytes)));
    }

    private static String blobId(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update((Constants.TYPE_BLOB + " " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return ObjectId.fromRaw(digest.digest(bytes)).name();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
