package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan that is told which files may have changed looks at. */
class RepeatedScanTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path root;

    private final RepeatedScan scans = new RepeatedScan();

    @BeforeEach
    void writeSources() throws IOException {
        write("a/A.java", "class A {}", LONG_AGO);
        write("a/B.java", "class B {}", LONG_AGO);
        write("a/C.java", "class C {}", LONG_AGO);
        scans.scan(root, ScanOptions.defaults(), false, Optional.empty());
    }

    @Test
    void scan_touchedFile_isReadAndOthersAreNot() throws IOException {
        write("a/A.java", "class A { int a; }", LONG_AGO.plusSeconds(1));
        write("a/B.java", "class B { int b; }", LONG_AGO.plusSeconds(1));

        Map<String, ContentHash> found = scan(Optional.of(Set.of("a/A.java")));

        assertThat(found)
                .containsEntry("a/A.java", ContentHash.ofText("class A { int a; }"))
                .containsEntry("a/B.java", ContentHash.ofText("class B {}"));
        assertThat(scans.onlySourcesChanged()).isTrue();
        assertThat(scan(Optional.empty())).containsEntry("a/B.java", ContentHash.ofText("class B { int b; }"));
    }

    @Test
    void scan_fileThatIsTooYoungToBeTrusted_isReadAgain() throws IOException {
        Instant soon = Instant.now().plusSeconds(60);
        write("a/B.java", "class B { int b; }", soon);
        scan(Optional.of(Set.of("a/B.java")));
        write("a/B.java", "class B { int c; }", soon);

        assertThat(scan(Optional.of(Set.of()))).containsEntry("a/B.java", ContentHash.ofText("class B { int c; }"));
    }

    @Test
    void scan_editThatLeavesSizeAndTime_isRead() throws Exception {
        Thread.sleep(20); // beyond the resolution of the time that the system notes
        write("a/B.java", "class D {}", LONG_AGO);

        assertThat(scan(Optional.empty())).containsEntry("a/B.java", ContentHash.ofText("class D {}"));
    }

    @Test
    void scan_touchedFileIsGoneOrNew_findsAllThatChanged() throws IOException {
        Files.delete(root.resolve("a/A.java"));
        write("a/D.java", "class D {}", LONG_AGO);

        assertThat(scan(Optional.of(Set.of("a/A.java")))).containsOnlyKeys("a/B.java", "a/C.java", "a/D.java");

        write("a/E.java", "class E {}", LONG_AGO);

        assertThat(scan(Optional.of(Set.of("a/E.java")))).containsKey("a/E.java");
    }

    @Test
    void scan_touchedFileOfTheBuild_isNoChangeOfSources() throws IOException {
        scan(Optional.of(Set.of()));
        assertThat(scans.onlySourcesChanged()).isTrue();
        write("pom.xml", "<project/>", LONG_AGO);

        scan(Optional.of(Set.of("pom.xml")));

        assertThat(scans.onlySourcesChanged()).isFalse();
    }

    private Map<String, ContentHash> scan(Optional<Set<String>> touched) {
        Map<String, ContentHash> found = new TreeMap<>();
        scans.scan(root, ScanOptions.defaults(), true, touched)
                .files()
                .forEach(file -> found.put(file.path(), file.raw()));
        return found;
    }

    private void write(String path, String text, Instant changed) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }
}
