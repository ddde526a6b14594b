package dev.quarry.bench;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Replays commits of a git repository: after each, one store follows by what the commit bears on, another is made from
 * nothing, and all that they hold is compared row by row ({@link StoreContent}). Prints the milliseconds of both, and what
 * differs; the store that follows then begins anew. Ends with status 1 if anything differed.
 *
 * <p>Arguments: a work tree, how many commits of its first-parent line to replay, how many to leave out at its end, a folder
 * for what is made, and {@code vectors} if the store that follows is to make vectors, whose keys are then compared too.
 */
public final class ReplayBench {
    private static final IndexOptions CLEAN = IndexOptions.defaults().withEmbed(false);
    private static final String VECTORS = "vectors";
    private static final int SHOWN = 20;

    private final Path scratch;
    private final Path work;
    private final boolean vectors;
    private int different;

    private ReplayBench(Path work, String name, boolean vectors) {
        this.work = work;
        this.scratch = work.resolve("tree").resolve(name);
        this.vectors = vectors;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        boolean vectors = arguments.length == 5 && arguments[4].equals(VECTORS);
        if (arguments.length != 4 && !vectors) {
            System.err.println("usage: ReplayBench WORKTREE COMMITS SKIPPED FOLDER [" + VECTORS + "]");
            System.exit(2);
        }
        int commits = Integer.parseInt(arguments[1]);
        int skipped = Integer.parseInt(arguments[2]);
        try (GitHistory git = GitHistory.of(Path.of(arguments[0]))
                .orElseThrow(() -> new IOException(arguments[0] + " lies in no git repository"))) {
            List<GitCommit> line = git.line("", commits + skipped);
            ReplayBench bench = new ReplayBench(Path.of(arguments[3]), git.name(), vectors);
            if (!bench.run(git, line.subList(0, line.size() - skipped))) {
                System.exit(1);
            }
        }
    }

    private boolean run(GitHistory git, List<GitCommit> line) throws IOException {
        GitTree before = GitTree.empty(git);
        Files.createDirectories(scratch);
        System.out.println("commit\tfollowed_ms\tclean_ms\tfiles\trows");
        int compared = 0;
        Workspace followed = followed();
        try {
            for (GitCommit commit : line) {
                GitTree tree = GitTree.of(git, commit);
                tree.writeTo(scratch, before);
                before = tree;
                if (tree.hasJava()) {
                    compared++;
                    if (!isEqual(commit, followed)) {
                        different++;
                        followed.close();
                        followed = followed();
                    }
                }
            }
        } finally {
            followed.close();
        }
        System.out.println("compared " + compared + ", different " + different);
        return different == 0;
    }

    /** A store that is to follow from now on. */
    private Workspace followed() throws IOException {
        Path store = work.resolve("followed");
        StagedDirectory.delete(store);
        return Workspace.open(store, WorkspaceOptions.forWriting());
    }

    private boolean isEqual(GitCommit commit, Workspace followed) throws IOException {
        IndexReport report = followed.index(scratch, CLEAN.withKept(true).withEmbed(vectors), IndexProgress.NONE);
        Path fresh = work.resolve("clean");
        StagedDirectory.delete(fresh);
        try (Workspace clean = Workspace.open(fresh, WorkspaceOptions.forWriting())) {
            IndexReport whole = clean.index(scratch, CLEAN, IndexProgress.NONE);
            List<String> expected = StoreContent.of(clean);
            System.out.printf(
                    "%s\t%d\t%d\t%d\t%d%n",
                    commit.id().substring(0, 10),
                    report.elapsed().toMillis(),
                    whole.elapsed().toMillis(),
                    report.filesChanged(),
                    expected.size());
            boolean sameKeys =
                    !vectors || isEqual(commit, StoreContent.wantedKeys(clean), StoreContent.servedKeys(followed));
            return isEqual(commit, expected, StoreContent.of(followed)) && sameKeys;
        }
    }

    private static boolean isEqual(GitCommit commit, List<String> expected, List<String> found) {
        if (expected.equals(found)) {
            return true;
        }
        System.out.println("different at " + commit.id());
        difference("lacks", expected, found);
        difference("has", found, expected);
        return false;
    }

    private static void difference(String what, List<String> of, List<String> from) {
        TreeSet<String> rest = new TreeSet<>(of);
        from.forEach(rest::remove);
        rest.stream().limit(SHOWN).forEach(row -> System.out.println(what + " " + row));
    }
}
