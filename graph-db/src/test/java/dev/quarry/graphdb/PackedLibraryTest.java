package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine's library, loaded from a jar by processes that find an empty cache. */
class PackedLibraryTest {
    @TempDir
    private Path directory;

    private String classPath = "";
    private Path cache = Path.of("");

    @BeforeEach
    void pack() throws IOException, URISyntaxException {
        Path classes = Path.of(GraphStore.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = directory.resolve("graph-db.jar");
        cache = directory.resolve("cache");
        if (Files.isDirectory(classes)) {
            zip(classes, jar);
        } else {
            Files.copy(classes, jar);
        }
        classPath = Stream.of(ChildProcess.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).equals(classes) ? jar.toString() : entry)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
        assertThat(classPath).contains(jar.toString());
    }

    @Test
    void load_severalProcessesAtOnce_unpackItOnce() throws IOException, InterruptedException {
        try (ChildProcess first = load();
                ChildProcess second = load();
                ChildProcess third = load()) {
            for (ChildProcess child : List.of(first, second, third)) {
                assertThat(child.line()).isEqualTo("loaded 0");
                assertThat(child.await()).isZero();
            }
        }

        try (Stream<Path> files = Files.walk(cache.resolve("native"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(file -> assertThat(file.getFileName().toString())
                            .isEqualTo(System.mapLibraryName("quarry_engine")));
        }
    }

    @Test
    void load_cacheCannotBeWritten_saysWhichAndWhatToDo() throws IOException, InterruptedException {
        Files.writeString(cache, "a file");

        try (ChildProcess child = load()) {
            assertThat(child.line())
                    .startsWith("failed STORAGE ")
                    .contains(cache.toString())
                    .contains("QUARRY_CACHE");
        }
    }

    private ChildProcess load() throws IOException {
        return ChildProcess.start(classPath, Map.of("QUARRY_CACHE", cache.toString()), "load");
    }

    private static void zip(Path classes, Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, zip);
            }
        }
    }
}
