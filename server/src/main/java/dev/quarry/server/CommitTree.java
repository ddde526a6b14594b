package dev.quarry.server;

import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one commit after the other in a scratch folder, which a scan takes for a work tree with that commit checked
 * out. They come from git's objects; only what differs from the commit before is written.
 */
final class CommitTree {
    private final GitHistory git;
    private final Path top;
    private GitTree at;

    /** An empty folder below this one, called as the repository's. */
    CommitTree(GitHistory git, Path folder) throws IOException {
        this.git = git;
        this.top = folder.resolve("tree").resolve(git.name());
        this.at = GitTree.empty(git);
        Files.createDirectories(top.resolve(".git"));
    }

    /** Brings the folder to a commit; says whether there is a Java file in what is indexed. */
    boolean moveTo(GitCommit commit) throws IOException {
        GitTree tree = GitTree.of(git, commit);
        tree.writeTo(top, at);
        at = tree;
        Files.writeString(top.resolve(".git").resolve("HEAD"), commit.id() + "\n");
        return tree.hasJava();
    }

    /** What is to be indexed. */
    Path root() {
        return git.inside(top);
    }

    /** What an index run of a commit's files leads to. */
    static StateMarks marks(GitCommit commit) {
        StateMark mark = new StateMark(commit.id(), commit.time(), Kind.COMMIT);
        return (_, _, _) -> mark;
    }
}
