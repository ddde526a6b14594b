package dev.quarry.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What git says of a work tree at one moment, read from its files: no command is run, no configuration is read.
 *
 * @param directory the folder with {@code HEAD} and the index of this work tree
 * @param commit the commit that is checked out, in hexadecimal digits; empty before the first one, and where the
 *     repository keeps its branches in another form than files
 * @param busy whether a command is changing the work tree: the index is locked, or a rebase is under way
 */
public record GitState(Path directory, Optional<String> commit, boolean busy) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String SYMBOLIC = "ref:";
    private static final List<String> UNDER_WAY = List.of("index.lock", "HEAD.lock", "rebase-merge", "rebase-apply");
    private static final int MAX_LINKS = 5;

    /** The state of the work tree that a folder lies in, or of the bare repository that it is; empty outside of any. */
    public static Optional<GitState> of(Path folder) {
        Path top = GitFolder.placeOf(folder.toAbsolutePath().normalize());
        return top == null ? Optional.empty() : GitFolder.of(top).map(GitState::read);
    }

    private static GitState read(GitFolder git) {
        Path own = git.directory();
        boolean busy = UNDER_WAY.stream().anyMatch(name -> Files.exists(own.resolve(name)));
        return new GitState(own, commit(git), busy);
    }

    private static Optional<String> commit(GitFolder git) {
        return follow(git, text(git.directory().resolve("HEAD")));
    }

    /** The object that a reference like {@code refs/tags/v1} leads to; empty where there is none. */
    static Optional<String> object(GitFolder git, String name) {
        return follow(git, reference(git, name));
    }

    private static Optional<String> follow(GitFolder git, @Nullable String first) {
        String value = first;
        for (int i = 0; i < MAX_LINKS && value != null && value.startsWith(SYMBOLIC); i++) {
            value = reference(git, value.substring(SYMBOLIC.length()).strip());
        }
        return Optional.ofNullable(value).filter(text -> COMMIT.matcher(text).matches());
    }

    private static @Nullable String reference(GitFolder git, String name) {
        if (!GitReferenceName.isAllowed(name)) {
            return null;
        }
        String loose;
        try {
            loose = text(git.common().resolve(name));
        } catch (InvalidPathException _) {
            loose = null; // no file can be called so here, which is no reason not to be packed
        }
        return loose == null ? packed(git.common().resolve("packed-refs"), name) : loose;
    }

    private static @Nullable String packed(Path file, String name) {
        String all = text(file);
        if (all == null) {
            return null;
        }
        return all.lines()
                .filter(line -> line.endsWith(" " + name))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String text(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Files.readString(file, StandardCharsets.UTF_8).strip()
                    : null;
        } catch (IOException _) {
            return null;
        }
    }
}
