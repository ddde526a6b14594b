package dev.quarry.ingest;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The commits of the git repository that a folder lies in, or is if it has no work tree, read from its objects and
 * references: no command is run, no configuration is read, nothing is written. Not safe for use by several threads.
 */
public final class GitHistory implements AutoCloseable {
    private static final String RANGE = "..";
    private static final int PREFIX_MIN = 4;
    private static final String SUFFIX = ".git";

    private final Path folder;
    private final Path top;
    private final GitFolder git;
    private final GitObjects objects;
    private final Map<String, Optional<GitObjects>> submodules = new HashMap<>();

    private GitHistory(Path folder, Path top, GitFolder git, GitObjects objects) {
        this.folder = folder;
        this.top = top;
        this.git = git;
        this.objects = objects;
    }

    /**
     * Opens the repository of a folder; empty outside of any.
     *
     * @throws QuarryException BAD_INPUT if its objects cannot be read
     */
    public static Optional<GitHistory> of(Path folder) {
        Path real = RepositoryScan.realRoot(folder);
        Path top = GitFolder.placeOf(real);
        Optional<GitFolder> git = top == null ? Optional.empty() : GitFolder.of(top);
        if (top == null || git.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GitHistory(
                    real, top, git.get(), new GitObjects(git.get().common())));
        } catch (IOException e) {
            throw unreadable(top, e);
        }
    }

    /** The folder that the repository was opened by, below its top with {@code /}; empty for the top. */
    String prefix() {
        return IgnoreRules.slashed(top.relativize(folder));
    }

    /** Whether a folder is a git repository without a work tree. */
    public static boolean isBare(Path folder) {
        return GitFolder.isBare(folder);
    }

    /** What the top of the work tree is called; a bare repository without its {@code .git}. */
    public String name() {
        Path name = top.getFileName();
        String text = name == null ? "" : name.toString();
        String plain = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text;
        return plain.isEmpty() ? "root" : plain;
    }

    /** The folder that the repository was opened by, in another work tree with this top. */
    public Path inside(Path otherTop) {
        return otherTop.resolve(top.relativize(folder)).normalize();
    }

    GitObjects objects() {
        return objects;
    }

    /**
     * The objects of the repository that is checked out in a folder below the top, as a submodule is; empty where none is.
     *
     * @param path below the top with {@code /}
     */
    Optional<GitObjects> submodule(String path) throws IOException {
        Optional<GitObjects> known = submodules.get(path);
        if (known == null) {
            Optional<GitFolder> git = checkedOut(path);
            known = git.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new GitObjects(git.get().common()));
            submodules.put(path, known);
        }
        return known;
    }

    private Optional<GitFolder> checkedOut(String path) throws IOException {
        try {
            Path place = top.resolve(path);
            boolean isThere =
                    Files.exists(place.resolve(".git")) && place.toRealPath().equals(place);
            return isThere ? GitFolder.of(place) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty(); // no folder can be called so here
        }
    }

    /** Says that the repository's files are not what git writes. */
    QuarryException unreadable(IOException cause) {
        return unreadable(top, cause);
    }

    private static QuarryException unreadable(Path top, IOException cause) {
        return new QuarryException(
                ErrorCode.BAD_INPUT,
                "the git repository at " + top + " cannot be read (" + cause.getMessage()
                        + "): check it with 'git fsck', or fetch what is missing",
                cause);
    }

    /**
     * The commit that a revision names: {@code HEAD}, a tag, a branch, an id or its beginning, each also followed by
     * {@code ~N} or {@code ^}.
     */
    public Optional<GitCommit> commit(String revision) {
        try (RevWalk walk = new RevWalk(objects)) {
            return find(walk, revision).map(GitHistory::told);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Optional<RevCommit> find(RevWalk walk, String revision) throws IOException {
        int end = revision.length();
        while (end > 0 && "~^0123456789".indexOf(revision.charAt(end - 1)) >= 0) {
            end--;
        }
        int steps = indexOfStep(revision, end);
        Optional<ObjectId> id = object(revision.substring(0, steps));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        RevObject peeled = walk.peel(walk.parseAny(id.get()));
        return peeled instanceof RevCommit commit ? back(walk, commit, revision.substring(steps)) : Optional.empty();
    }

    /** Where the steps back begin: digits before the first {@code ~} or {@code ^} belong to the name. */
    private static int indexOfStep(String revision, int from) {
        int at = from;
        while (at < revision.length() && revision.charAt(at) != '~' && revision.charAt(at) != '^') {
            at++;
        }
        return at;
    }

    private static Optional<RevCommit> back(RevWalk walk, RevCommit start, String steps) throws IOException {
        RevCommit commit = start;
        for (int at = 0; at < steps.length(); ) {
            int end = at + 1;
            while (end < steps.length() && Character.isDigit(steps.charAt(end))) {
                end++;
            }
            if (end - at > 7) {
                return Optional.empty();
            }
            int number = end == at + 1 ? 1 : Integer.parseInt(steps.substring(at + 1, end));
            boolean isParent = steps.charAt(at) == '^';
            int generations = isParent ? Math.min(1, number) : number;
            for (int i = 0; i < generations; i++) {
                int parent = isParent ? number - 1 : 0;
                if (commit.getParentCount() <= parent) {
                    return Optional.empty();
                }
                commit = walk.parseCommit(commit.getParent(parent));
            }
            at = end;
        }
        return Optional.of(commit);
    }

    private Optional<ObjectId> object(String name) throws IOException {
        if (name.isEmpty() || name.equals("HEAD") || name.equals("@")) {
            return GitState.of(folder)
                    .flatMap(GitState::commit)
                    .filter(ObjectId::isId)
                    .map(ObjectId::fromString);
        }
        for (String form : List.of("refs/tags/", "refs/heads/", "refs/remotes/", "refs/", "")) {
            Optional<String> found = (form + name).startsWith("refs/")
                    ? GitState.object(git, form + name).filter(ObjectId::isId)
                    : Optional.empty();
            if (found.isPresent()) {
                return found.map(ObjectId::fromString);
            }
        }
        if (name.length() < PREFIX_MIN || !AbbreviatedObjectId.isId(name)) {
            return Optional.empty();
        }
        Collection<ObjectId> matching = objects.resolve(AbbreviatedObjectId.fromString(name));
        if (matching.size() > 1) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "'" + name + "' is the beginning of several objects of git: write more of it");
        }
        return matching.stream().findFirst();
    }

    /**
     * The commits of a line of first parents, the oldest first.
     *
     * @param range {@code A..B} as git understands it, where both ends default to {@code HEAD}; {@code B} alone, or empty
     *     for {@code HEAD}: all that B has behind it
     * @param limit how many of the newest at most
     * @throws QuarryException BAD_INPUT if an end names no commit, or there is none yet
     */
    public List<GitCommit> line(String range, int limit) {
        if (range.contains("...")) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "'" + range + "' has three dots, which is not understood: write A..B");
        }
        int dots = range.indexOf(RANGE);
        String from = dots < 0 ? "" : range.substring(0, dots);
        String to = dots < 0 ? range : range.substring(dots + RANGE.length());
        try (RevWalk walk = new RevWalk(objects)) {
            RevCommit newest = required(walk, to);
            Set<RevCommit> wanted = dots < 0 ? Set.of() : between(walk, required(walk, from), newest);
            List<GitCommit> line = new ArrayList<>();
            Optional<RevCommit> next = Optional.of(newest);
            while (next.isPresent() && line.size() < limit && (dots < 0 || wanted.contains(next.get()))) {
                RevCommit commit = walk.parseCommit(next.get());
                line.add(told(commit));
                next = commit.getParentCount() == 0 ? Optional.empty() : Optional.of(commit.getParent(0));
            }
            Collections.reverse(line);
            return line;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RevCommit required(RevWalk walk, String revision) throws IOException {
        boolean isHead = revision.isEmpty() || revision.equals("HEAD");
        return find(walk, revision)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.BAD_INPUT,
                        isHead
                                ? "the git repository at " + top
                                        + " has no commit yet where it is checked out: commit first, or leave the"
                                        + " history out"
                                : "'" + revision + "' names no commit of the git repository at " + top
                                        + ": give an id, a tag or a branch"));
    }

    private static Set<RevCommit> between(RevWalk walk, RevCommit from, RevCommit to) throws IOException {
        walk.markUninteresting(from);
        walk.markStart(to);
        Set<RevCommit> found = new HashSet<>();
        for (RevCommit commit : walk) {
            found.add(commit);
        }
        walk.reset();
        return found;
    }

    private static GitCommit told(RevCommit commit) {
        return new GitCommit(commit.name(), Instant.ofEpochSecond(commit.getCommitTime()), commit.getShortMessage());
    }

    @Override
    public void close() {
        objects.close();
        submodules.values().forEach(inner -> inner.ifPresent(GitObjects::close));
    }
}
