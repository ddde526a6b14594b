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
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    void isScanned_withASubmoduleCheckedOut_isAsLongAsItsFilesAreThoseOfTheCommit() throws IOException {
        Path inner = addSubmodules();
        Files.writeString(inner.resolve("inner/Inner.java"), "class Inner { int edited; }");
        assertThat(isScanned("HEAD")).as("an edit in a submodule's submodule").isFalse();
        assertThat(areThere("HEAD", "sub/inner/Inner.java", "sub/Sub.java")).isFalse();
        git(inner.resolve("inner"), "checkout", "-q", "Inner.java");
        assertThat(isScanned("HEAD")).isTrue();
        assertThat(areThere("HEAD", "sub/inner/Inner.java", "sub/Sub.java", "sub/None.java"))
                .isTrue();
        git(inner, "checkout", "-q", "HEAD~1");
        assertThat(isScanned("HEAD")).as("another commit of the submodule").isFalse();
        assertThat(isScanned("HEAD~1")).as("beside what no commit has").isFalse();
        git(inner, "clean", "-q", "-ffd");
        assertThat(isScanned("HEAD~1")).as("the commit that named that one").isTrue();
        git("submodule", "-q", "deinit", "--all", "-f");
        assertThat(isScanned("HEAD")).as("not checked out").isTrue();
    }

    @Test
    void writeTo_withASubmoduleCheckedOut_hasItsFilesOfEachCommit() throws IOException {
        addSubmodules();
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        try (GitHistory history = open()) {
            GitTree before = tree(history, "HEAD~1");
            before.writeTo(scratch, GitTree.empty(history));
            assertThat(scratch.resolve("sub/Sub.java")).hasContent("class Sub {}");
            assertThat(scratch.resolve("sub/inner")).doesNotExist();
            tree(history, "HEAD").writeTo(scratch, before);
            assertThat(scratch.resolve("sub/Sub.java")).hasContent("class Sub { int more; }");
            assertThat(scratch.resolve("sub/inner/Inner.java")).hasContent("class Inner {}");
            tree(history, commits.getLast()).writeTo(scratch, tree(history, "HEAD"));
            assertThat(scratch.resolve("sub")).doesNotExist();
        }
    }

    /** Commits a submodule, and then another state of it that has one itself; gives its folder. */
    private Path addSubmodules() throws IOException {
        Path inner = repository("inner", "Inner.java", "class Inner {}");
        Path sub = repository("sub", "Sub.java", "class Sub {}");
        String[] add = {"-c", "protocol.file.allow=always", "submodule", "--quiet", "add"};
        git(root, add, sub.toString());
        git("commit", "-q", "-m", "with a submodule");
        Path place = root.resolve("sub");
        Files.writeString(place.resolve("Sub.java"), "class Sub { int more; }");
        git(place, add, inner.toString());
        git(place, "commit", "-q", "-a", "-m", "with another");
        git("commit", "-q", "-a", "-m", "with both");
        assertThat(isScanned("HEAD")).isTrue();
        return place;
    }

    private Path repository(String name, String file, String text) throws IOException {
        Path place = Files.createDirectories(folder.resolve("origin").resolve(name));
        git(place, "init", "-q", "-b", "main");
        Files.writeString(place.resolve(file), text);
        git(place, "add", "-A");
        git(place, "commit", "-q", "-m", "first");
        return place;
    }

    private boolean isScanned(String revision) {
        try (GitHistory history = open()) {
            return tree(history, revision).isScanned(RepositoryScan.of(root, ScanOptions.defaults()));
        }
    }

    private boolean areThere(String revision, String... paths) {
        try (GitHistory history = open()) {
            return GitTree.areThere(history, history.commit(revision).orElseThrow(), root, Set.of(paths));
        }
    }

    @Test
    void isScanned_lineEndsThatGitConverts_isStill() throws IOException {
        git("config", "core.autocrlf", "true");
        Files.delete(root.resolve("a/A.java"));
        git("checkout", "-q", "a/A.java");
        assertThat(root.resolve("a/A.java")).content().contains("\r\n");
        assertThat(isScanned("HEAD")).isTrue();
        assertThat(areThere("HEAD", "a/A.java")).isTrue();
        Files.writeString(root.resolve("a/A.java"), "// edited\r\n", StandardOpenOption.APPEND);
        assertThat(isScanned("HEAD")).isFalse();
    }

    @Test
    void isScanned_carriageReturnThatGitKeeps_isADifference() throws IOException {
        Files.writeString(root.resolve("B.java"), "class B {\r\n}\n");
        git("add", "-A");
        git("commit", "-q", "-m", "both ends");
        assertThat(isScanned("HEAD")).isTrue();
        Files.writeString(root.resolve("B.java"), "class B {\n}\n");
        assertThat(isScanned("HEAD")).isFalse();
        Files.writeString(root.resolve("B.java"), "class B {\r\r\n}\n");
        assertThat(isScanned("HEAD")).isFalse();
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

    private String git(Path place, String[] first, String... more) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(List.of(more));
        return git(place, words.toArray(String[]::new));
    }

    private String git(String... words) {
        return git(root, words);
    }

    private static String git(Path place, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(place.toFile())
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
