package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.schema.EdgeKind;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Replays commits of a git repository: after each, one store follows by what the commit bears on, another is made from
 * nothing, and both graphs are compared row by row. Prints the milliseconds of both, and ends at the first difference.
 *
 * <p>Arguments: a work tree, how many commits of its first-parent line to replay, how many to leave out at its end, a folder
 * for what is made.
 */
public final class ReplayBench {
    private static final IndexOptions CLEAN = IndexOptions.defaults().withEmbed(false);

    private final Path scratch;
    private final Path work;

    private ReplayBench(Path work, String name) {
        this.work = work;
        this.scratch = work.resolve("tree").resolve(name);
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: ReplayBench WORKTREE COMMITS SKIPPED FOLDER");
            System.exit(2);
        }
        int commits = Integer.parseInt(arguments[1]);
        int skipped = Integer.parseInt(arguments[2]);
        try (GitHistory git = GitHistory.of(Path.of(arguments[0]))
                .orElseThrow(() -> new IOException(arguments[0] + " lies in no git repository"))) {
            List<GitCommit> line = git.line("", commits + skipped);
            new ReplayBench(Path.of(arguments[3]), git.name()).run(git, line.subList(0, line.size() - skipped));
        }
    }

    private void run(GitHistory git, List<GitCommit> line) throws IOException {
        GitTree before = GitTree.empty(git);
        Files.createDirectories(scratch);
        System.out.println("commit\tfollowed_ms\tclean_ms\tfiles\trows");
        try (Workspace followed = Workspace.open(work.resolve("followed"), WorkspaceOptions.forWriting())) {
            for (GitCommit commit : line) {
                GitTree tree = GitTree.of(git, commit);
                tree.writeTo(scratch, before);
                before = tree;
                if (tree.hasJava()) {
                    compare(commit, followed);
                }
            }
        }
        System.out.println("all equal");
    }

    private void compare(GitCommit commit, Workspace followed) throws IOException {
        IndexReport report = followed.index(scratch, CLEAN.withKept(true), IndexProgress.NONE);
        Path fresh = work.resolve("clean");
        StagedDirectory.delete(fresh);
        try (Workspace clean = Workspace.open(fresh, WorkspaceOptions.forWriting())) {
            IndexReport whole = clean.index(scratch, CLEAN, IndexProgress.NONE);
            List<String> expected = rows(clean.graph());
            List<String> found = rows(followed.graph());
            System.out.printf(
                    "%s\t%d\t%d\t%d\t%d%n",
                    commit.id().substring(0, 10),
                    report.elapsed().toMillis(),
                    whole.elapsed().toMillis(),
                    report.filesChanged(),
                    expected.size());
            if (!expected.equals(found)) {
                difference("lacks", expected, found);
                difference("has", found, expected);
                throw new IllegalStateException("the graphs differ at " + commit.id());
            }
        }
    }

    private static void difference(String what, List<String> of, List<String> from) {
        TreeSet<String> rest = new TreeSet<>(of);
        from.forEach(rest::remove);
        rest.stream().limit(20).forEach(row -> System.out.println(what + " " + row));
    }

    /** All nodes and edges, sorted; without versions, which tell when and not what. */
    private static List<String> rows(GraphStore graph) {
        List<String> rows = new ArrayList<>();
        graph.files().forEach((path, file) -> rows.add(path + " " + file.facts()));
        graph.forEachNode(node -> rows.add(node.node().toString()));
        for (EdgeKind kind : EdgeKind.values()) {
            graph.forEachEdge(kind, edge -> rows.add(edge.toString()));
        }
        rows.sort(null);
        return rows;
    }
}
