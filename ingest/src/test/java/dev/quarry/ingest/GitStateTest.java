package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git's files say. */
class GitStateTest {
    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);

    @TempDir
    private Path folder;

    private Path git() throws IOException {
        return Files.createDirectories(folder.resolve(".git"));
    }

    private Optional<String> commit(Path at) {
        return GitState.of(at).flatMap(GitState::commit);
    }

    @Test
    void commit_detachedLooseAndPacked_isRead() throws IOException {
        Path git = git();
        Files.writeString(git.resolve("HEAD"), ONE + "\n");
        assertThat(commit(folder)).as("detached").contains(ONE);

        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        assertThat(commit(folder)).as("no commit yet").isEmpty();

        Files.writeString(git.resolve("packed-refs"), "# pack-refs with: peeled\n" + ONE + " refs/heads/main\n");
        assertThat(commit(folder)).as("packed").contains(ONE);

        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("refs/heads/main"), TWO + "\n");
        assertThat(commit(Files.createDirectories(folder.resolve("a/b"))))
                .as("loose, from below")
                .contains(TWO);
    }

    @Test
    void commit_linkedWorkTree_isItsOwn() throws IOException {
        Path git = git();
        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("refs/heads/side"), TWO + "\n");
        Path own = Files.createDirectories(git.resolve("worktrees/side"));
        Files.writeString(own.resolve("HEAD"), "ref: refs/heads/side\n");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Path linked = Files.createDirectory(folder.resolve("linked"));
        Files.writeString(linked.resolve(".git"), "gitdir: " + own + "\n");

        assertThat(GitState.of(linked)).contains(new GitState(own, Optional.of(TWO), false));
    }

    @Test
    void busy_whileACommandIsAtWork_isTrue() throws IOException {
        Path git = git();
        assertThat(GitState.of(folder)).map(GitState::busy).contains(false);
        Path lock = Files.createFile(git.resolve("index.lock"));
        assertThat(GitState.of(folder)).map(GitState::busy).contains(true);
        Files.delete(lock);
        Files.createDirectory(git.resolve("rebase-merge"));
        assertThat(GitState.of(folder)).map(GitState::busy).contains(true);
    }

    @Test
    void commit_headThatIsOdd_isNone() throws IOException {
        for (String head : new String[] {"", "ref: ../../secret", "ref: HEAD", "no commit", "ref: "}) {
            Files.writeString(git().resolve("HEAD"), head);
            assertThat(commit(folder)).as(head).isEmpty();
        }
    }

    @Test
    void object_nameThatGitDoesNotAllow_isNone() throws IOException {
        Path git = git().resolve("refs/heads");
        Files.createDirectories(git.resolve("a"));
        Files.writeString(folder.resolve("secret"), ONE);
        Files.writeString(folder.resolve(".git/private"), ONE);
        for (String name : List.of("a/main", "a.lock", "a b", ".a", "a\\b", "a@{1}", "a~1")) {
            Files.writeString(git.resolve(name), ONE);
        }
        Files.writeString(folder.resolve(".git/packed-refs"), ONE + " refs/heads/a\0b\n");
        GitFolder of = GitFolder.of(folder).orElseThrow();

        assertThat(GitState.object(of, "refs/heads/a/main")).contains(ONE);
        assertThat(List.of(
                        "refs/heads/a.lock",
                        "refs/heads/a b",
                        "refs/heads/.a",
                        "refs/heads/a\\b",
                        "refs/heads/a@{1}",
                        "refs/heads/a~1",
                        "refs/heads/a//main",
                        "refs/heads/a/main/",
                        "refs/heads/a/../a/main",
                        "refs/heads/a/./main",
                        "refs/../private",
                        "refs/heads/../../../secret",
                        "private",
                        folder.resolve("secret").toString(),
                        "refs/" + folder.resolve("secret"),
                        "refs/heads/a\0b",
                        "refs/heads/\n",
                        "refs/heads/\uD800",
                        "refs/heads/"))
                .allSatisfy(
                        name -> assertThat(GitState.object(of, name)).as(name).isEmpty());
    }
}
