package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.HistoryRequest;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes commits of a git repository into a history, then compares what the store says of random ones of them with a fresh
 * index of each: files, nodes, edges, keys of vectors, and what the text index finds. Prints the milliseconds of both and
 * the space of the history; ends at the first difference.
 *
 * <p>Arguments: a repository, bare or not; how many of its newest commits to take in; how many of these to compare; a seed;
 * a folder for what is made.
 */
public final class AsOfBench {
    private static final IndexOptions CLEAN = IndexOptions.defaults().withEmbed(false);
    private static final int WORDS = 50;
    private static final int FOUND_MAX = 100_000;
    private static final double MIB = 1 << 20;
    private static final long MILLION = 1_000_000;

    private final GitHistory git;
    private final Path work;
    private final Path scratch;
    private final SplittableRandom random;
    private GitTree at;

    private AsOfBench(GitHistory git, Path work, long seed) throws IOException {
        this.git = git;
        this.work = work;
        this.scratch = Files.createDirectories(work.resolve("tree").resolve(git.name()));
        this.random = new SplittableRandom(seed);
        this.at = GitTree.empty(git);
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5) {
            System.err.println("usage: AsOfBench REPOSITORY COMMITS COMPARED SEED FOLDER");
            System.exit(2);
        }
        Path repository = Path.of(arguments[0]);
        try (GitHistory git = GitHistory.of(repository)
                .orElseThrow(() -> new IOException(repository + " lies in no git repository"))) {
            new AsOfBench(git, Path.of(arguments[4]), Long.parseLong(arguments[3]))
                    .run(repository, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    private void run(Path repository, int commits, int compared) throws IOException {
        List<GitCommit> line = new ArrayList<>(git.line("", commits));
        Path store = work.resolve("store");
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(repository, CLEAN, IndexProgress.NONE);
        }
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.graph().compact();
        }
        double one = mebibytes(store.resolve("graph"));
        long start = System.nanoTime();
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(
                    repository, CLEAN.withHistory(Optional.of(new HistoryRequest("", commits))), IndexProgress.NONE);
            workspace.graph().compact();
        }
        double all = mebibytes(store.resolve("graph"));
        System.out.printf(
                "%d commits in %d ms: %.2f MiB of the engine, %.2f times the %.2f MiB of the last alone%n",
                line.size(), (System.nanoTime() - start) / MILLION, all, all / one, one);
        System.out.println("commit\tview_ms\tfresh_ms\tnodes\tlines");
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forReading())) {
            for (int i = 0; i < compared && !line.isEmpty(); i++) {
                compare(line.remove(random.nextInt(line.size())), workspace);
            }
        }
        System.out.println("all equal");
    }

    private void compare(GitCommit commit, Workspace workspace) throws IOException {
        GitTree tree = GitTree.of(git, commit);
        if (!tree.hasJava()) {
            return;
        }
        tree.writeTo(scratch, at);
        at = tree;
        Path fresh = work.resolve("fresh");
        StagedDirectory.delete(fresh);
        List<String> expected;
        List<String> words = new ArrayList<>();
        long nodes;
        long freshMillis;
        try (Workspace clean = Workspace.open(fresh, WorkspaceOptions.forWriting())) {
            freshMillis =
                    clean.index(scratch, CLEAN, IndexProgress.NONE).elapsed().toMillis();
            words.addAll(words(clean.graph()));
            nodes = clean.graph().status().nodes().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            expected = rows(clean, words);
        }
        long start = System.nanoTime();
        workspace.at(commit.id(), true, view -> view.graph().sequence());
        long viewMillis = (System.nanoTime() - start) / MILLION;
        List<String> found = workspace.at(commit.id(), true, view -> rows(view, words));
        System.out.printf(
                "%s\t%d\t%d\t%d\t%d%n", commit.id().substring(0, 10), viewMillis, freshMillis, nodes, expected.size());
        if (!expected.equals(found)) {
            difference("lacks", expected, found);
            difference("has", found, expected);
            throw new IllegalStateException("the view differs from a fresh index at " + commit.id());
        }
    }

    private static void difference(String what, List<String> of, List<String> from) {
        TreeSet<String> rest = new TreeSet<>(of);
        from.forEach(rest::remove);
        rest.stream().limit(20).forEach(row -> System.out.println(what + " " + row));
    }

    /** Names of declarations, to search for. */
    private List<String> words(GraphStore graph) {
        TreeSet<String> names = new TreeSet<>();
        graph.forEachNode(stamped -> {
            if (stamped.node().kind().isDeclared()) {
                names.add(stamped.node().name());
            }
        });
        List<String> all = new ArrayList<>(names);
        return Stream.generate(() -> all.get(random.nextInt(all.size())))
                .limit(WORDS)
                .toList();
    }

    /** All that a workspace says, sorted; without versions of nodes, which tell when and not what. */
    private static List<String> rows(Workspace workspace, List<String> words) {
        GraphStore graph = workspace.graph();
        List<String> rows = new ArrayList<>();
        graph.files().forEach((path, file) -> {
            rows.add(path + " " + file.facts() + " " + file.file().raw() + " "
                    + file.file().status());
            if (file.file().status().isIndexed()) {
                keys(graph, file.file(), rows);
            }
        });
        graph.forEachNode(node -> rows.add(node.node().toString()));
        graph.forEachEdge(EnumSet.allOf(EdgeKind.class), edge -> rows.add(edge.toString()));
        try (SearchIndex index =
                SearchIndex.openReadOnly(workspace.storeDirectory().resolve("search"))) {
            index.textIds().forEach(id -> rows.add("text of " + id));
            for (String word : words) {
                List<NodeId> found = index.text(word, SearchFilter.all(), FOUND_MAX).stream()
                        .map(SearchHit::id)
                        .sorted()
                        .toList();
                rows.add("found by " + word + ": " + found);
            }
        }
        rows.sort(null);
        return rows;
    }

    /** The texts by which the vectors of a file's declarations are kept. */
    private static void keys(GraphStore graph, FileRecord file, List<String> rows) {
        List<Node> declared =
                graph.declaredIn(file.id()).stream().map(StampedNode::node).toList();
        String text = graph.text(file.raw()).orElse("");
        for (NodeText each : NodeText.of(new FileFacts(file, text, declared, List.of()))) {
            if (each.isEmbedded()) {
                rows.add("vector of " + each.id() + " " + ContentHash.ofText(each.embeddingText()));
            }
        }
    }

    private static double mebibytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / MIB;
        }
    }
}
