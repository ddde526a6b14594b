package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryScanTest {
    @TempDir
    private Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private RepositoryScan scan() {
        return RepositoryScan.of(root, ScanOptions.defaults());
    }

    private List<String> paths() {
        return scan().files().stream().map(ScannedFile::path).toList();
    }

    @Test
    void of_severalFolders_givesJavaFilesInTheOrderOfTheirPaths() throws IOException {
        write("b/Two.java", "class Two {}");
        write("a/c/One.java", "class One {}");
        write("a/One.java", "class One {}");
        write("a/notes.txt", "no");
        write(".git/hooks/Hook.java", "no");
        write(".quarry/Store.java", "no");
        assertThat(paths()).containsExactly("a/One.java", "a/c/One.java", "b/Two.java");
        assertThat(scan().root()).isEqualTo(root.toRealPath());
    }

    @Test
    void of_ignoreFilesAtSeveralLevels_areHonoured() throws IOException {
        write(".gitignore", "gen/\n*Tmp.java\n/Top.java\n!KeepTmp.java\n");
        write("a/.gitignore", "*.java\n!Good.java\n");
        write("a/b/.gitignore", "!Deep.java\n");
        write("Top.java", "");
        write("c/Top.java", "");
        write("c/XTmp.java", "");
        write("c/KeepTmp.java", "");
        write("c/gen/X.java", "");
        write("a/Good.java", "");
        write("a/Bad.java", "");
        write("a/b/Deep.java", "");
        write("a/b/Bad.java", "");
        assertThat(paths()).containsExactly("a/Good.java", "a/b/Deep.java", "c/KeepTmp.java", "c/Top.java");
        assertThat(scan().skipped()).containsEntry(SkipReason.IGNORED, 5);
    }

    @Test
    void of_folderOfAGitWorkTree_honoursTheRulesAboveIt() throws IOException {
        write(".git/info/exclude", "Secret.java\n");
        write(".gitignore", "Local.java\nbuild/\n");
        write("module/A.java", "");
        write("module/Secret.java", "");
        write("module/Local.java", "");
        write("build/gen/B.java", "");
        assertThat(files(root.resolve("module"))).containsExactly("A.java");
        assertThat(files(root.resolve("build/gen"))).containsExactly("B.java");
    }

    private static List<String> files(Path folder) {
        return RepositoryScan.of(folder, ScanOptions.defaults()).files().stream()
                .map(ScannedFile::path)
                .toList();
    }

    @Test
    void of_buildOutput_isSkippedExceptGeneratedSources() throws IOException {
        write("m/pom.xml", "<project/>");
        write("m/target/classes/X.java", "");
        write("m/target/generated-sources/annotations/G.java", "");
        write("g/build.gradle", "");
        write("g/build/tmp/X.java", "");
        write("g/build/generated/sources/G.java", "");
        write("src/build/Builder.java", "");
        write("src/target/Target.java", "");
        assertThat(paths())
                .containsExactly(
                        "g/build/generated/sources/G.java",
                        "m/target/generated-sources/annotations/G.java",
                        "src/build/Builder.java",
                        "src/target/Target.java");
        assertThat(scan().skipped()).containsEntry(SkipReason.BUILD_OUTPUT, 2);
    }

    @Test
    void of_symbolicLinks_areCountedAndNotFollowed() throws IOException {
        write("a/A.java", "");
        Files.createSymbolicLink(root.resolve("a/loop"), root);
        Files.createSymbolicLink(root.resolve("a/B.java"), root.resolve("a/A.java"));
        assertThat(paths()).containsExactly("a/A.java");
        assertThat(scan().skipped()).containsEntry(SkipReason.SYMBOLIC_LINK, 2);
    }

    @Test
    void of_namesThatAreNotUtf8_areCountedAndPassedOver() throws Exception {
        write("a/ü.java", "class A {}");
        write("a/\uFFFD.java", "class B {}");
        // Java has no path for such a name, the shell does.
        int made = new ProcessBuilder(
                        "sh",
                        "-c",
                        "touch a/\"$(printf 'b\\377')\".java a/\"$(printf 'b\\376')\".java a/\"$(printf 'b\\376')\".xml"
                                + " && mkdir \"$(printf 'c\\374')\" && touch \"$(printf 'c\\374')\"/C.java")
                .directory(root.toFile())
                .start()
                .waitFor();
        assumeThat(made).as("whether the file system takes such names").isZero();

        assertThat(paths()).containsExactly("a/ü.java", "a/\uFFFD.java");
        assertThat(scan().skipped()).containsEntry(SkipReason.NAME_NOT_UTF8, 3);
        assertThat(TreeState.paths(root)).containsExactlyInAnyOrder("a/ü.java", "a/\uFFFD.java");
    }

    @Test
    void of_filesThatAreNoText_areCountedWithTheReason() throws IOException {
        write("Big.java", "x".repeat(1001));
        write("Binary.java", "class A {\0}");
        write("Fine.java", "class Fine {}");
        RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults().withMaxFileBytes(1000));
        assertThat(scan.files())
                .extracting(ScannedFile::status)
                .containsExactly(FileStatus.TOO_LARGE, FileStatus.BINARY, FileStatus.INDEXED);
        assertThat(scan.files().getFirst().problem()).contains("1001 bytes").contains("1000");
        assertThat(scan.files().getFirst().text()).isEmpty();
        assertThat(scan.files().get(1).problem()).contains("zero bytes");
        assertThat(scan.statuses()).containsEntry(FileStatus.INDEXED, 1);
    }

    @Test
    void read_vanishedFile_isUnreadableAndNoError() {
        ScannedFile file = ScannedFile.read(
                root.resolve("Gone.java"), "Gone.java", 10, ScanOptions.defaults(), new HeldBytes(100));
        assertThat(file.status()).isEqualTo(FileStatus.UNREADABLE);
        assertThat(file.problem()).contains("vanished");
        assertThat(file.source()).isEmpty();
    }

    @Test
    void text_heldOrReadAgain_isTheSameWithoutByteOrderMark() throws IOException {
        write("A.java", "\uFEFFclass A { String s = \"ä\"; }");
        Files.write(root.resolve("B.java"), new byte[] {'/', '/', (byte) 0xFF, '\n'});
        for (long held : new long[] {0, 1000}) {
            RepositoryScan scan = RepositoryScan.of(root, new ScanOptions(1000, held));
            assertThat(scan.files().getFirst().text()).contains("class A { String s = \"ä\"; }");
            assertThat(scan.files().getFirst().raw())
                    .isEqualTo(ContentHash.ofContent(Files.readAllBytes(root.resolve("A.java"))));
            assertThat(scan.files().get(1).text()).contains("//\u00FF\n");
        }
    }

    @Test
    void source_fileChangedSinceTheScan_hasTheHashOfItsText() throws IOException {
        write("A.java", "class A {}");
        ScannedFile file =
                RepositoryScan.of(root, new ScanOptions(1000, 0)).files().getFirst();
        write("A.java", "class B {}");
        assertThat(file.source()).hasValueSatisfying(source -> {
            assertThat(source.text()).isEqualTo("class B {}");
            assertThat(source.raw()).isEqualTo(ContentHash.ofContent("class B {}".getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Test
    void of_wrongRoots_areRefusedWithTheRemedy() throws IOException {
        write("A.java", "");
        assertBadInput(() -> RepositoryScan.of(root.resolve("none"), ScanOptions.defaults()), "does not exist");
        assertBadInput(() -> RepositoryScan.of(root.resolve("A.java"), ScanOptions.defaults()), "is a file");
        Files.createDirectory(root.resolve("empty"));
        assertBadInput(
                () -> RepositoryScan.of(root.resolve("empty"), ScanOptions.defaults())
                        .requireJava(),
                "has no Java file");
        assertThat(scan().requireJava().files()).hasSize(1);
        assertBadInput(() -> ScanOptions.defaults().withMaxFileBytes(0), "size limit");
    }

    private static void assertBadInput(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((QuarryException) e).code())
                .isEqualTo(ErrorCode.BAD_INPUT);
    }
}
