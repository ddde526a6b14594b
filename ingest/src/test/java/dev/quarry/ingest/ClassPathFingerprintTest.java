package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.ClassPath.Entry;
import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes one class path another. */
class ClassPathFingerprintTest {
    @TempDir
    private Path folder;

    private static ContentHash fingerprint(Path root, Path... jars) {
        List<Entry> entries = List.of(jars).stream()
                .map(jar -> new Entry(jar, jar.getFileName().toString()))
                .toList();
        ModuleClassPath module = new ModuleClassPath("", "17", "", entries, List.of(), List.of());
        return new ClassPath(entries, List.of(), List.of(), List.of(module)).fingerprint(root);
    }

    private Path jar(String path, String content, long time) throws IOException {
        Path jar = folder.resolve(path);
        Files.createDirectories(jar.resolveSibling(""));
        Files.writeString(jar, content);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time));
        return jar;
    }

    @Test
    void fingerprint_equalJarsInTwoWorkTrees_isEqual() throws IOException {
        Path one = jar("one/lib/a.jar", "content", 1_000);
        Path two = jar("two/lib/a.jar", "content", 2_000);

        assertThat(fingerprint(folder.resolve("one"), one)).isEqualTo(fingerprint(folder.resolve("two"), two));

        jar("two/lib/a.jar", "CONTENT", 2_000);
        assertThat(fingerprint(folder.resolve("one"), one)).isNotEqualTo(fingerprint(folder.resolve("two"), two));
    }

    @Test
    void fingerprint_jarOutsideReplaced_isAnother() throws IOException {
        Path jar = jar("cache/a.jar", "content", 1_000);
        ContentHash before = fingerprint(folder.resolve("one"), jar);

        jar("cache/a.jar", "CONTENT", 2_000);

        assertThat(fingerprint(folder.resolve("one"), jar)).isNotEqualTo(before);
        assertThat(fingerprint(folder.resolve("two"), jar)).isEqualTo(fingerprint(folder.resolve("one"), jar));
    }
}
