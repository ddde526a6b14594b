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

/** Clean checkouts whose files are more than the commit's own, or other bytes, are states of the commit. */
class CheckoutTest {
    private static final String API = "lib/src/main/java/lib/Api.java";

    @TempDir
    private Path folder;

    @Test
    void index_submoduleCheckedOut_isOfEachCommitWhatACheckoutHas() {
        Path library = folder.resolve("library");
        Path sources = folder.resolve("sources");
        Path store = folder.resolve("store");
        Path other = folder.resolve("other");
        GitRepository.git(library, "init", "-q", "-b", "main");
        GitRepository.write(library, API, "package lib;\npublic class Api {}\n");
        commit(library);
        GitRepository repository = new GitRepository(sources, new SplittableRandom(5));
        List<String> commits = new ArrayList<>(List.of(repository.head()));
        repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.toString(), "ext");
        repository.write(
                "app/src/main/java/app/Uses.java", "package app;\nclass Uses { int n = new lib.Api().hashCode(); }\n");
        commits.add(commit(sources));
        GitRepository.write(sources.resolve("ext"), API, "package lib;\npublic class Api { int more; }\n");
        commit(sources.resolve("ext"));
        commits.add(commit(sources));

        Indexing.index(sources, store);
        assertThat(HistoryDump.shown(store)).containsExactly("commit " + commits.getLast());
        history(sources, store);

        assertThat(HistoryDump.shown(store))
                .containsExactlyElementsOf(
                        commits.stream().map(commit -> "commit " + commit).toList());
        for (String commit : commits) {
            repository.git("checkout", "-q", "--no-recurse-submodules", commit);
            GitRepository.git(sources, "clean", "-q", "-ffd");
            repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init");
            Indexing.index(sources, other);
        }
        assertThat(commits(store)).isEqualTo(commits(other)).hasSize(3);
        SoundStore.verify(store);
    }

    @Test
    void diff_lineEndsThatGitConverts_tellsWhatChangedAlone() {
        Path sources = folder.resolve("sources");
        Path store = folder.resolve("store");
        GitRepository repository = new GitRepository(sources, new SplittableRandom(6));
        String text = "package lib;\n@SuppressWarnings(\n    \"all\")\npublic class Api {\n    String s = \"\"\"\n"
                + "        a\n        b\"\"\";\n    int f() {\n        return 1;\n    }\n}\n";
        repository.write(API, text);
        repository.write("lib/src/main/java/lib/Broken.java", "package lib;\nclass Broken {\n    void f( {\n}\n");
        String before = commit(sources);
        repository.write(API, text.replace("return 1", "return 2"));
        String after = commit(sources);
        repository.git("config", "core.autocrlf", "true");
        repository.git("rm", "-q", "-r", "--cached", ".");
        repository.git("reset", "-q", "--hard");
        assertThat(sources.resolve(API)).content().contains("\r\n");

        history(sources, store);

        assertThat(HistoryDump.shown(store)).endsWith("commit " + before, "commit " + after);
        Quarry.Result diff = Quarry.run(sources, "diff", before, after, "--store", store.toString());
        assertThat(diff.status()).as(diff.err()).isZero();
        assertThat(diff.out().lines()).containsExactly("symbols", API + ":8  Api.f()  content");
    }

    private static String commit(Path place) {
        GitRepository.git(place, "add", "-A");
        GitRepository.git(place, "commit", "-q", "-m", "next");
        return GitRepository.git(place, "rev-parse", "HEAD");
    }

    private static void history(Path sources, Path store) {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            HistoryRequest all = new HistoryRequest("", HistoryRequest.NO_LIMIT);
            workspace.index(
                    sources,
                    IndexOptions.defaults().withEmbed(false).withHistory(Optional.of(all)),
                    IndexProgress.NONE);
        }
    }

    /** What was held at each commit. */
    private Map<String, String> commits(Path store) {
        return HistoryDump.commits(HistoryDump.of(store, folder.resolve("dump-" + store.getFileName())));
    }
}
