package dev.quarry.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The work trees of a git repository, as git's files list them: no command is run. */
public final class WorkTrees {
    private static final int MAX = 1_000;

    private WorkTrees() {}

    /**
     * What a folder is in the other work trees of its repository: the same path below their tops. The main work tree comes
     * first, the others follow by the names that git gives them; those where the folder is missing are left out.
     *
     * @return empty outside of git, and where the repository has one work tree only
     */
    public static List<Path> counterparts(Path folder) {
        try {
            Path real = folder.toRealPath();
            Path top = GitFolder.topOf(real);
            Optional<GitFolder> git = top == null ? Optional.empty() : GitFolder.of(top);
            if (top == null || git.isEmpty() || !Files.isDirectory(git.get().common())) {
                return List.of();
            }
            Path common = git.get().common().toRealPath();
            Path below = top.relativize(real);
            List<Path> found = new ArrayList<>();
            for (Path other : tops(common)) {
                Path there = other.resolve(below);
                if (isOf(common, other) && Files.isDirectory(there) && !Files.isSameFile(there, real)) {
                    found.add(there.toRealPath());
                }
            }
            return List.copyOf(found);
        } catch (IOException | RuntimeException _) {
            return List.of();
        }
    }

    /** The tops of all work trees that git's files tell of, whether they are there or not. */
    private static List<Path> tops(Path common) throws IOException {
        List<Path> tops = new ArrayList<>();
        if (common.endsWith(".git")) {
            tops.add(common.resolveSibling(""));
        }
        Path linked = common.resolve("worktrees");
        if (Files.isDirectory(linked)) {
            try (Stream<Path> names = Files.list(linked)) {
                for (Path name : names.sorted().limit(MAX).toList()) {
                    Path link = name.resolve("gitdir");
                    if (Files.isRegularFile(link)) {
                        String text =
                                Files.readString(link, StandardCharsets.UTF_8).strip();
                        tops.add(name.resolve(text).normalize().resolveSibling(""));
                    }
                }
            }
        }
        return tops;
    }

    /** Whether a directory is still what the repository's files say that it is. */
    private static boolean isOf(Path common, Path top) throws IOException {
        Optional<GitFolder> git = Files.exists(top.resolve(".git")) ? GitFolder.of(top) : Optional.empty();
        return git.isPresent()
                && Files.isDirectory(git.get().common())
                && git.get().common().toRealPath().equals(common);
    }
}
