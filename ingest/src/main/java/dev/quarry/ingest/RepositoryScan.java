package dev.quarry.ingest;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Java files of a directory at one moment, each read and hashed.
 *
 * @param root the directory, absolute and without symbolic links
 * @param files every Java file that no rule excludes, in the order of their paths; unreadable ones too
 * @param resources the files beside them that frameworks read, in the order of their paths
 * @param moduleFolders the folders with a module's build file, below the root with {@code /}; the root is empty
 * @param skipped what was passed over, and how often
 */
public record RepositoryScan(
        Path root,
        List<ScannedFile> files,
        List<ResourceFile> resources,
        Set<String> moduleFolders,
        Map<SkipReason, Integer> skipped) {
    /** Copies the collections. */
    public RepositoryScan {
        files = List.copyOf(files);
        resources = List.copyOf(resources);
        moduleFolders = Set.copyOf(moduleFolders);
        skipped = Map.copyOf(skipped);
    }

    /**
     * Scans a directory on all cores.
     *
     * @throws QuarryException if {@code root} does not exist or is no directory; a file that cannot be read is no error
     */
    public static RepositoryScan of(Path root, ScanOptions options) {
        Path real = realRoot(root);
        FolderWalk walk = new FolderWalk(real);
        List<FolderWalk.Entry> entries = walk.run();
        HeldBytes budget = new HeldBytes(options.heldBytes());
        List<ScannedFile> files = entries.parallelStream()
                .map(entry -> ScannedFile.read(entry.file(), entry.path(), entry.size(), options, budget))
                .toList();
        return new RepositoryScan(
                real, files, ResourceFiles.read(walk.resources()), walk.moduleFolders(), walk.skipped());
    }

    /** The directory without symbolic links; refused if it is none. */
    static Path realRoot(Path root) {
        if (!Files.exists(root)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + root + "' does not exist: give the directory that holds the sources of the repository");
        }
        if (!Files.isDirectory(root)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + root + "' is a file: give the directory that holds the sources of the repository");
        }
        try {
            return root.toRealPath();
        } catch (IOException e) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "'" + root + "' cannot be opened: check its permissions", e);
        }
    }

    /**
     * This scan, if it found a Java file.
     *
     * @throws QuarryException if there is none
     */
    public RepositoryScan requireJava() {
        if (!files.isEmpty()) {
            return this;
        }
        int ignored = skipped.getOrDefault(SkipReason.IGNORED, 0);
        String hint = ignored == 0 ? "" : " (" + ignored + " ignored by .gitignore)";
        throw new QuarryException(
                ErrorCode.BAD_INPUT,
                "'" + root + "' has no Java file" + hint + ": give a directory that holds .java files");
    }

    /** How many files have each status. */
    public Map<FileStatus, Integer> statuses() {
        Map<FileStatus, Integer> counts = new EnumMap<>(FileStatus.class);
        files.forEach(file -> counts.merge(file.status(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** The bytes of all files together. */
    public long bytes() {
        return files.stream().mapToLong(ScannedFile::bytes).sum();
    }
}
