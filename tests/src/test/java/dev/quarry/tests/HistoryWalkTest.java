package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.server.HistoryRequest;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits take their place in a history that is there. */
class HistoryWalkTest {
    private static final String SAVED = "base/src/main/java/base/Saved.java";

    @TempDir
    private Path folder;

    private int dumps;

    @Test
    void index_historyBehindStatesThatAreThere_keepsEachAndAddsTheMissingOnes() {
        long seed = Long.getLong("quarry.seed", 1);
        Path sources = folder.resolve("sources");
        Path store = folder.resolve("store");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(seed));
        String c1 = repository.head();
        String c2 = repository.edit();
        repository.write(SAVED, "package base;\nclass Saved { int a; }\n");
        Indexing.index(sources, store);
        repository.write(SAVED, "package base;\nclass Saved { int b; }\n");
        Indexing.index(sources, store);
        String c3 = repository.edit();
        String c4 = repository.edit();
        String c5 = repository.edit();
        Indexing.index(sources, store);
        repository.write(SAVED, "package base;\nclass Saved { int c; }\n");
        Indexing.index(sources, store);
        String what = "-Dquarry.seed=" + seed;
        List<String> before = dump(store);
        assertThat(HistoryDump.shown(store)).containsExactly("save " + c2, "save " + c2, "commit " + c5, "save " + c5);

        history(sources, store, c4, 1);
        assertThat(HistoryDump.shown(store))
                .as(what)
                .containsExactly("save " + c2, "save " + c2, "commit " + c4, "commit " + c5, "save " + c5);
        assertThat(dump(store)).as(what).containsSubsequence(before);

        history(sources, store, "", HistoryRequest.NO_LIMIT);
        assertThat(HistoryDump.shown(store))
                .as(what)
                .containsExactly(
                        "commit " + c1,
                        "commit " + c2,
                        "save " + c2,
                        "save " + c2,
                        "commit " + c3,
                        "commit " + c4,
                        "commit " + c5,
                        "save " + c5);
        assertThat(dump(store)).as(what).containsSubsequence(before);
        SoundStore.verify(store);

        String c6 = repository.edit();
        history(sources, store, "", HistoryRequest.NO_LIMIT);
        assertThat(HistoryDump.shown(store))
                .as(what)
                .endsWith("save " + c5, "commit " + c6)
                .hasSize(9);
        Path other = folder.resolve("other");
        Indexing.index(sources, other);
        history(sources, other, "", HistoryRequest.NO_LIMIT);
        Map<String, String> walked = commits(other);
        assertThat(commits(store)).as(what).isEqualTo(walked).hasSize(6);
    }

    @Test
    void index_bareRepository_isItsHeadWithItsHistory() {
        Path sources = folder.resolve("sources");
        Path bare = folder.resolve("sources.git");
        Path store = folder.resolve("store");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(11));
        List<String> commits = new ArrayList<>(List.of(repository.head()));
        commits.add(repository.edit());
        repository.git("tag", "v1");
        commits.add(repository.edit());
        repository.git("clone", "-q", "--bare", sources.toString(), bare.toString());
        String[] index = {"index", "--no-embed", "--history", "--store", store.toString(), bare.toString()};
        Quarry.Result done = Quarry.run(folder, index);
        assertThat(done.status()).as(done.err()).isZero();

        Path clean = folder.resolve("clean");
        Indexing.index(sources, clean);
        assertThat(StoreDump.of(store)).isEqualTo(StoreDump.of(clean));
        assertThat(HistoryDump.shown(store))
                .containsExactlyElementsOf(
                        commits.stream().map(commit -> "commit " + commit).toList());
        Quarry.Result tagged =
                Quarry.run(folder, "callers", "base.Shape#area()", "--at", "v1", "--store", store.toString());
        assertThat(tagged.status()).as(tagged.err()).isZero();
        SoundStore.verify(store);

        repository.git("push", "-q", bare.toString(), "HEAD:main");
        commits.add(repository.edit());
        repository.git("push", "-q", bare.toString(), "HEAD:main");
        assertThat(Quarry.run(folder, index).status()).isZero();
        assertThat(HistoryDump.shown(store)).hasSize(4).last().isEqualTo("commit " + commits.getLast());

        Quarry.Result homeless = Quarry.run(folder, "index", bare.toString());
        assertThat(homeless.status()).isEqualTo(2);
        assertThat(homeless.err()).contains("--store");
        assertThat(bare.resolve(".quarry")).doesNotExist();
    }

    private static void history(Path sources, Path store, String range, int limit) {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(
                    sources,
                    IndexOptions.defaults().withEmbed(false).withHistory(Optional.of(new HistoryRequest(range, limit))),
                    IndexProgress.NONE);
        }
    }

    private List<String> dump(Path store) {
        return HistoryDump.of(store, folder.resolve("dump" + dumps++));
    }

    /** What was held at each commit. */
    private Map<String, String> commits(Path store) {
        return HistoryDump.commits(dump(store));
    }
}
