package dev.quarry.bench;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.server.Backend;
import dev.quarry.server.BackendFinder;
import dev.quarry.server.CachedAnswers;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Replays commits of a git repository: after each, the same questions are asked of the answer cache, and what it serves is
 * judged by another parser ({@link AnswerReplay}). Prints what became of the questions. Ends with status 1 if an answer was
 * served whose code had changed, or none was served at all.
 *
 * <p>Arguments: a work tree, how many commits of its first-parent line to replay, how many to leave out at its end, a folder
 * for what is made, the number of questions, a seed.
 */
public final class StaleBench {
    private static final IndexOptions FOLLOWED =
            IndexOptions.defaults().withEmbed(false).withKept(true);
    private static final int BUDGET = 8_000;
    private static final int REPORTED_EVERY = 20;

    private StaleBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 6) {
            System.err.println("usage: StaleBench WORKTREE COMMITS SKIPPED FOLDER QUESTIONS SEED");
            System.exit(2);
        }
        int commits = Integer.parseInt(arguments[1]);
        int skipped = Integer.parseInt(arguments[2]);
        Path work = Path.of(arguments[3]);
        try (GitHistory git = GitHistory.of(Path.of(arguments[0]))
                .orElseThrow(() -> new IOException(arguments[0] + " lies in no git repository"))) {
            List<GitCommit> line = git.line("", commits + skipped);
            Path sources = work.resolve("tree").resolve(git.name());
            AnswerReplay replay =
                    new AnswerReplay(sources, Integer.parseInt(arguments[4]), Long.parseLong(arguments[5]));
            run(git, line.subList(0, line.size() - skipped), sources, work.resolve("store"), replay);
            AnswerReplay.Counts counts = replay.counts();
            if (counts.stale > 0 || counts.misquoted > 0 || counts.served == 0) {
                System.exit(1);
            }
        }
    }

    private static void run(GitHistory git, List<GitCommit> line, Path sources, Path store, AnswerReplay replay)
            throws IOException {
        Files.createDirectories(sources);
        StagedDirectory.delete(store);
        GitTree before = GitTree.empty(git);
        System.out.println("states\tfirst\tserved\trefused\tmissed\tstale\tmisquoted");
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            Backend backend = Backend.of(workspace);
            for (GitCommit commit : line) {
                GitTree tree = GitTree.of(git, commit);
                tree.writeTo(sources, before);
                before = tree;
                if (tree.hasJava()) {
                    workspace.index(sources, FOLLOWED, IndexProgress.NONE);
                    replay.ask(
                            new CachedAnswers(backend),
                            question -> new BackendFinder(backend).find(question, BUDGET, ""));
                }
                if (replay.counts().states % REPORTED_EVERY == 0) {
                    System.out.println(replay.counts());
                }
            }
        }
        System.out.println(replay.counts());
    }
}
