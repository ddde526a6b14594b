package dev.quarry.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where git keeps what belongs to a work tree.
 *
 * @param directory what is this work tree's own: {@code HEAD}, the index, a rebase under way
 * @param common what all work trees of the repository share: branches, the exclude file
 */
record GitFolder(Path directory, Path common) {
    /** The top of the work tree that a folder lies in; null outside of any. */
    static @Nullable Path topOf(Path folder) {
        Path top = folder;
        while (top != null && !Files.exists(top.resolve(".git"))) {
            top = top.getParent();
        }
        return top;
    }

    /** Whether a folder is itself a repository that has no work tree. */
    static boolean isBare(Path folder) {
        return Files.isRegularFile(folder.resolve("HEAD"))
                && Files.isDirectory(folder.resolve("objects"))
                && Files.isDirectory(folder.resolve("refs"));
    }

    /** The top of the work tree that a folder lies in, or the folder itself if it is a bare repository; else null. */
    static @Nullable Path placeOf(Path folder) {
        return isBare(folder) ? folder : topOf(folder);
    }

    /** What belongs to the work tree with this top, or to a bare repository; empty where it cannot be read. */
    static Optional<GitFolder> of(Path top) {
        try {
            Path git = isBare(top) ? top : top.resolve(".git");
            if (!Files.isRegularFile(git)) {
                return Optional.of(new GitFolder(git, git));
            }
            String link = Files.readString(git, StandardCharsets.UTF_8).strip();
            git = top.resolve(link.substring(link.indexOf(':') + 1).strip()).normalize();
            Path shared = git.resolve("commondir");
            if (!Files.isRegularFile(shared)) {
                return Optional.of(new GitFolder(git, git));
            }
            String common = Files.readString(shared, StandardCharsets.UTF_8).strip();
            return Optional.of(new GitFolder(git, git.resolve(common).normalize()));
        } catch (IOException | RuntimeException _) {
            return Optional.empty();
        }
    }
}
