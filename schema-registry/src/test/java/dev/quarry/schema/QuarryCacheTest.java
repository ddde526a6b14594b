package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarryCacheTest {
    private static final byte[] CONTENT = new byte[10_000];
    private static final int WRITERS = 4;
    private static final int ROUNDS = 500;

    @TempDir
    private Path folder;

    @Test
    void write_byManyAtOnce_eachSucceedsAndOneFileIsLeft() throws Exception {
        Path target = folder.resolve("file");
        Callable<Void> rounds = () -> {
            for (int round = 0; round < ROUNDS; round++) {
                write(target);
            }
            return null;
        };
        List<Future<Void>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(threads.submit(rounds));
            }
        }

        for (Future<Void> writer : writers) {
            writer.get();
        }
        assertThat(files()).containsExactly(target);
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void write_besidePartsOfOthers_removesTheAbandonedAndNoOther() throws IOException {
        Path abandoned = Files.writeString(folder.resolve("1.part"), "a");
        Path young = Files.writeString(folder.resolve("2.part"), "b");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path target = folder.resolve("file");

        write(target);

        assertThat(files()).containsExactlyInAnyOrder(target, young);
    }

    private static void write(Path target) throws IOException {
        QuarryCache.write(target, () -> new ByteArrayInputStream(CONTENT));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
