package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.rag.SearchRequest;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import dev.quarry.server.Freshness;
import dev.quarry.server.HistoryRequest;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that was given its repository's history answers about a commit as an index of that commit does. */
class AsOfTest {
    private static final int COMMITS = 30;
    private static final int ASKED = 8;
    private static final List<String> WORDS = List.of("area", "shape", "more", "says");
    private static final IndexOptions HISTORY = IndexOptions.defaults()
            .withEmbed(false)
            .withHistory(Optional.of(new HistoryRequest("", HistoryRequest.NO_LIMIT)));

    @TempDir
    private Path folder;

    @Test
    void at_randomCommitsOfAWalkedHistory_equalsAnIndexOfTheirCheckout() throws IOException {
        long seed = Long.getLong("quarry.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        Path sources = folder.resolve("sources");
        GitRepository repository = new GitRepository(sources, random);
        List<String> commits = new ArrayList<>(List.of(repository.head()));
        for (int i = 1; i < COMMITS; i++) {
            commits.add(repository.edit());
            if (i == COMMITS / 2) {
                repository.git("gc", "-q");
                repository.git("tag", "-a", "half", "-m", "half");
            }
        }
        Path store = folder.resolve("store");
        List<String> before = Indexing.index(sources, store).isUnchanged() ? List.of() : StoreDump.of(store);
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(sources, HISTORY, IndexProgress.NONE);
            assertThat(StoreDump.of(workspace.graph())).as("seed " + seed).isEqualTo(before);
            assertThat(workspace.graph().history().states().stream()
                            .map(state -> state.mark().commit()))
                    .containsExactlyElementsOf(commits);
            repository.write("base/src/main/java/base/Late.java", "package base;\nclass Late {}\n");
            Indexing.index(sources, workspace);
            for (int i = 0; i < ASKED; i++) {
                String commit = commits.get(random.nextInt(COMMITS));
                assertSame(workspace, commit, repository, "seed " + seed + " commit " + commit);
            }
            assertThat(workspace.<List<String>>at("half", false, view -> StoreDump.of(view.graph())))
                    .isEqualTo(workspace.at(commits.get(COMMITS / 2), false, view -> StoreDump.of(view.graph())));
            assertThatThrownBy(() -> workspace.at("0123456789", false, _ -> true))
                    .isInstanceOfSatisfying(
                            QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
        assertThat(store.resolve("views")).doesNotExist();
        assertThat(noParts(store)).isTrue();
    }

    @Test
    void index_historyThatIsEnded_leavesTheStoreAsItWas() throws IOException {
        Path sources = folder.resolve("sources");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(1));
        repository.edit();
        Path store = folder.resolve("store");
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            Indexing.index(sources, workspace);
            List<String> before = StoreDump.of(workspace.graph());
            List<HistoryState> states = workspace.graph().history().states();
            AtomicBoolean begun = new AtomicBoolean();
            IndexProgress ending = new IndexProgress() {
                @Override
                public void progress(Phase phase, long done, long total) {
                    begun.compareAndSet(false, phase == Phase.HISTORY);
                }

                @Override
                public boolean cancelled() {
                    return begun.get();
                }
            };

            assertThatThrownBy(() -> workspace.index(sources, HISTORY, ending))
                    .isInstanceOf(CancellationException.class);

            assertThat(StoreDump.of(workspace.graph())).isEqualTo(before);
            assertThat(workspace.graph().history().states()).isEqualTo(states);
            assertThat(noParts(store)).isTrue();
        }
    }

    @Test
    void at_instant_isTheStateThatWasCurrent() throws IOException {
        Path sources = folder.resolve("sources");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(2));
        Path store = folder.resolve("store");
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            Indexing.index(sources, workspace);
            List<String> first = dump(workspace.graph());
            Instant between = Moment.betweenStates();
            repository.write("base/src/main/java/base/Late.java", "package base;\nclass Late {}\n");
            Indexing.index(sources, workspace);
            List<String> second = dump(workspace.graph());

            assertThat(dump(workspace, between.toString())).isEqualTo(first).isNotEqualTo(second);
            assertThat(dump(workspace, Instant.now().toString())).isEqualTo(second);
            assertThat(dump(workspace, "HEAD")).isEqualTo(first);
            for (boolean searches : List.of(false, true)) {
                Freshness former = workspace.at("HEAD", searches, Workspace::freshness);
                assertThat(former.textSequence()).as("searches %s", searches).isEqualTo(former.sequence());
            }
            assertThatThrownBy(() -> dump(workspace, "2000-01-01T00:00:00Z"))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("--history");
            assertThat(workspace.graph().history().states().stream()
                            .map(state -> state.mark().kind()))
                    .containsExactly(StateMark.Kind.COMMIT, StateMark.Kind.SAVE);
        }
    }

    @Test
    void at_commitThatIsBackAfterEdits_isItsOwnStateSinceThen() throws IOException {
        Path sources = folder.resolve("sources");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(3));
        Path late = sources.resolve("base/src/main/java/base/Late.java");
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            Indexing.index(sources, workspace);
            List<String> first = dump(workspace.graph());
            repository.write("base/src/main/java/base/Late.java", "package base;\nclass Late {}\n");
            Indexing.index(sources, workspace);
            List<String> second = dump(workspace.graph());
            Instant between = Moment.betweenStates();
            Files.delete(late);
            Indexing.index(sources, workspace);

            assertThat(workspace.graph().history().states().stream()
                            .map(state -> state.mark().kind()))
                    .containsExactly(StateMark.Kind.COMMIT, StateMark.Kind.SAVE, StateMark.Kind.COMMIT);
            assertThat(dump(workspace, between.toString())).isEqualTo(second);
            assertThat(dump(workspace, Instant.now().toString())).isEqualTo(first);
            assertThat(dump(workspace, "HEAD")).isEqualTo(first);
        }
    }

    @Test
    void at_searchByMeaning_isThatOfAnIndexOfTheCommit() throws IOException {
        Path sources = folder.resolve("sources");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(3));
        String commit = repository.edit();
        Path store = folder.resolve("store");
        SearchRequest question = SearchRequest.of("how large is a shape", 10, SearchFilter.all());
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(sources, IndexOptions.defaults(), IndexProgress.NONE);
            List<String> then = hits(workspace, question);
            repository.edit();
            repository.write("base/src/main/java/base/Shape.java", "package base;\npublic interface Shape {}\n");
            workspace.index(sources, IndexOptions.defaults(), IndexProgress.NONE);

            assertThat(workspace.<List<String>>at(commit, true, view -> hits(view, question)))
                    .isEqualTo(then)
                    .isNotEqualTo(hits(workspace, question));
        }
    }

    private static List<String> hits(Workspace workspace, SearchRequest question) {
        return workspace.retriever().search(question).hits().stream()
                .map(hit -> hit.node().node().symbol() + " " + hit.legs().keySet())
                .sorted()
                .toList();
    }

    private static List<String> dump(Workspace workspace, String revision) {
        return workspace.at(revision, false, view -> dump(view.graph()));
    }

    /** Without the reasons of unbound calls by file, which a store knows of files only that it has written itself. */
    private static List<String> dump(GraphStore graph) {
        return StoreDump.of(graph).stream()
                .map(line -> line.replaceFirst("reasons=\\{[^}]*}", ""))
                .toList();
    }

    private static boolean noParts(Path store) throws IOException {
        try (Stream<Path> left = Files.list(store)) {
            return left.noneMatch(path -> path.getFileName().toString().endsWith(".part"));
        }
    }

    private void assertSame(Workspace workspace, String commit, GitRepository repository, String what) {
        Path checkout = folder.resolve("out" + commit).resolve("sources");
        if (!Files.exists(checkout)) {
            repository.git("worktree", "add", "-q", "--detach", checkout.toString(), commit);
        }
        Path fresh = folder.resolve("fresh" + commit);
        Indexing.index(checkout, fresh);
        workspace.at(commit, true, view -> {
            assertThat(StoreDump.of(view.graph())).as(what).isEqualTo(StoreDump.of(fresh));
            assertThat(counts(view.graph())).as(what).isEqualTo(counts(fresh));
            return true;
        });
        Map<String, ?> words = TextDump.of(fresh, WORDS);
        assertThat(workspace.<Map<String, ?>>at(commit, true, view -> TextDump.of(view, WORDS)))
                .as(what)
                .isEqualTo(words);
    }

    private static String counts(Path store) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            return counts(graph);
        }
    }

    private static String counts(GraphStore graph) {
        return graph.status().nodes() + " " + graph.status().edges() + " " + graph.meta("unresolved");
    }
}
