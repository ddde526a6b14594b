package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits and trees, read from the files of a repository that git itself has made. */
class GitHistoryTest {
    private static final int COMMITS = 12;

    @TempDir
    private Path folder;

    private final List<String> commits = new ArrayList<>();
    private Path root = Path.of("");

    @BeforeEach
    void commit() throws IOException {
        root = Files.createDirectory(folder.resolve("work"));
        git("init", "-q", "-b", "main");
        Path file = Files.createDirectories(root.resolve("a")).resolve("A.java");
        for (int i = 0; i < COMMITS; i++) {
            Files.writeString(file, ("class A {" + " // a longer text\n".repeat(200) + "}\n").repeat(3) + i);
            git("add", "-A");
            git("commit", "-q", "-m", "number " + i);
            commits.add(git("rev-parse", "HEAD"));
        }
        git("tag", "-a", "five", "-m", "the fifth", commits.get(5));
        git("branch", "old", commits.get(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void line_ofAllCommits_isThatOfGit(boolean packed) {
        if (packed) {
            git("gc", "-q");
            git("pack-refs", "--all");
        }
        try (GitHistory history = open()) {
            assertThat(ids(history.line("", Integer.MAX_VALUE))).isEqualTo(commits);
            assertThat(ids(history.line("old..five", Integer.MAX_VALUE))).isEqualTo(commits.subList(3, 6));
            assertThat(ids(history.line("five", 2))).isEqualTo(commits.subList(4, 6));
            assertThat(ids(history.line("HEAD~2..", 99))).isEqualTo(commits.subList(COMMITS - 2, COMMITS));
            assertThat(history.commit("five~3").map(GitCommit::id)).contains(commits.get(2));
            assertThat(history.commit("HEAD^^").map(GitCommit::id)).contains(commits.get(COMMITS - 3));
            assertThat(history.commit(commits.get(7).substring(0, 12)).map(GitCommit::subject))
                    .contains("number 7");
            assertThat(history.commit("HEAD~" + COMMITS)).isEmpty();
            assertThat(history.commit("none")).isEmpty();
            assertThatThrownBy(() -> history.line("none..HEAD", 1))
                    .isInstanceOfSatisfying(
                            QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_INPUT));
        }
    }

    @Test
    void line_behindAMerge_followsFirstParents() {
        git("checkout", "-q", "-b", "side", commits.get(9));
        git("commit", "-q", "--allow-empty", "-m", "on the side");
        git("checkout", "-q", "main");
        git("merge", "-q", "--no-ff", "-m", "merged", "side");
        String merge = git("rev-parse", "HEAD");
        try (GitHistory history = open()) {
            assertThat(ids(history.line(commits.get(9) + "..HEAD", 99)))
                    .containsExactly(commits.get(10), commits.get(11), merge);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writeTo_fromTreeToTree_isTheCheckout(boolean packed) throws IOException {
        if (packed) {
            git("gc", "-q");
        }
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        try (GitHistory history = open()) {
            GitTree before = GitTree.empty(history);
            for (int i : new int[] {0, COMMITS - 1, 4}) {
                GitTree tree = tree(history, commits.get(i));
                tree.writeTo(scratch, before);
                before = tree;
                assertThat(Files.readString(scratch.resolve("a/A.java"))).endsWith("" + i);
            }
            GitTree.empty(history).writeTo(scratch, before);
            assertThat(scratch).isEmptyDirectory();
        }
    }

    @Test
    void isScanned_afterAnEdit_isNot() throws IOException {
        try (GitHistory history = open()) {
            GitTree head = tree(history, commits.getLast());
            assertThat(head.isScanned(RepositoryScan.of(root, ScanOptions.defaults())))
                    .isTrue();
            assertThat(tree(history, commits.getFirst()).isScanned(RepositoryScan.of(root, ScanOptions.defaults())))
                    .isFalse();
            Files.writeString(root.resolve("B.java"), "class B {}");
            assertThat(head.isScanned(RepositoryScan.of(root, ScanOptions.defaults())))
                    .isFalse();
            Files.delete(root.resolve("B.java"));
            Files.delete(root.resolve("a/A.java"));
            assertThat(head.isScanned(RepositoryScan.of(root, ScanOptions.defaults())))
                    .isFalse();
        }
    }

    @Test
    void of_nameThatIsNotUtf8_isPassedOverAsByAScan() throws IOException {
        String blob = git("hash-object", "-w", "a/A.java");
        String commit = git("commit-tree", "-m", "odd", tree("100644 \u00ff.java\0", blob));
        Path scratch = Files.createDirectories(folder.resolve("scratch"));
        try (GitHistory history = open()) {
            GitTree odd = tree(history, commit);
            odd.writeTo(scratch, GitTree.empty(history));
            assertThat(scratch).isEmptyDirectory();
            assertThat(odd.hasJava()).isFalse();
            assertThat(odd.isScanned(RepositoryScan.of(scratch, ScanOptions.defaults())))
                    .isTrue();
        }
    }

    @Test
    void commit_nameThatGitDoesNotAllow_isUnknown() throws IOException {
        Files.writeString(folder.resolve("secret"), commits.getFirst());
        Files.writeString(root.resolve(".git/refs/heads/main.lock"), commits.getFirst());
        String absolute = folder.resolve("secret").toString();
        List<String> names =
                List.of("\0", "a\0b", "\uD800", "../../../../secret", absolute, "a b", "main.lock", "refs/../HEAD");
        try (GitHistory history = open()) {
            assertThat(names)
                    .allSatisfy(name -> assertThat(history.commit(name)).isEmpty());
        }
    }

    @Test
    void writeTo_treeThatLeadsOutside_staysInside() throws IOException {
        String blob = git("hash-object", "-w", "a/A.java");
        String evil = tree("100644 Evil.java\0", blob);
        String upwards = tree("40000 ..\0", evil);
        String commit = git("commit-tree", "-m", "evil", upwards);
        Path scratch = Files.createDirectories(folder.resolve("deep/scratch"));
        try (GitHistory history = open()) {
            tree(history, commit).writeTo(scratch, GitTree.empty(history));
        }
        assertThat(scratch).isEmptyDirectory();
        assertThat(folder.resolve("deep/Evil.java")).doesNotExist();
    }

    @Test
    void of_damagedPack_isRefusedWithTheRemedy() throws IOException {
        git("gc", "-q");
        Path packs = root.resolve(".git/objects/pack");
        try (var files = Files.list(packs)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".pack")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                Files.delete(file);
                java.util.Arrays.fill(bytes, 12, bytes.length, (byte) 0x9f);
                Files.write(file, bytes);
            }
        }
        try (GitHistory history = open()) {
            assertThatThrownBy(() -> history.line("", 9))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("git fsck");
        }
    }

    @Test
    void of_folderOutsideOfGit_isEmpty() {
        assertThat(GitHistory.of(folder)).isEmpty();
    }

    private GitHistory open() {
        return GitHistory.of(root).orElseThrow();
    }

    private static GitTree tree(GitHistory history, String commit) {
        Optional<GitCommit> found = history.commit(commit);
        return GitTree.of(history, found.orElseThrow());
    }

    private static List<String> ids(List<GitCommit> line) {
        return line.stream().map(GitCommit::id).toList();
    }

    /** Writes a tree that git would refuse to make. */
    private String tree(String head, String id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(HexFormat.of().parseHex(id));
        Path file = folder.resolve("tree");
        Files.write(file, bytes.toByteArray());
        return git("hash-object", "-t", "tree", "-w", "--literally", file.toString());
    }

    private String git(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(out).isZero();
            return out.strip();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
