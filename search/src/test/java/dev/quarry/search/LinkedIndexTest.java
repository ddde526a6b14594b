package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedIndexTest {
    @TempDir
    private Path folder;

    private Path original = Path.of("");
    private Path copy = Path.of("");

    @BeforeEach
    void place() {
        original = folder.resolve("original");
        copy = folder.resolve("copy");
    }

    @Test
    void link_openIndex_hasItsLastCommitAndSharesItsFiles() throws IOException {
        try (SearchIndex index = SearchIndex.open(original)) {
            add(index, 0, 40);
            index.commit(1, 2);
            add(index, 40, 50);

            SearchIndex.link(original, copy);

            try (SearchIndex linked = SearchIndex.openReadOnly(copy)) {
                assertThat(linked.textSequence()).isEqualTo(1);
                assertThat(linked.vectorSequence()).isEqualTo(2);
                assertThat(linked.textCount()).isEqualTo(40);
                assertThat(linked.vectorCount()).isEqualTo(40);
                assertThat(linked.text("method7", SearchFilter.all(), 1))
                        .isEqualTo(index.text("method7", SearchFilter.all(), 1));
            }
            assertThat(inodes(original)).containsAll(inodes(copy)).isNotEmpty();
        }
    }

    @Test
    void write_toOneOfTwo_leavesTheOther() {
        try (SearchIndex index = SearchIndex.open(original)) {
            for (int i = 0; i < 12; i++) {
                add(index, i * 10, i * 10 + 10);
                index.commit(i + 1, i + 1);
            }
            SearchIndex.link(original, copy);
            try (SearchIndex linked = SearchIndex.open(copy)) {
                // Enough commits that both sides merge what they share.
                for (int i = 12; i < 36; i++) {
                    add(linked, i * 10, i * 10 + 10);
                    linked.commit(i + 1, i + 1);
                    index.updateVectors(Map.of(), List.of(document(i).id()));
                    index.update(List.of(), List.of(document(i).id()));
                    index.commit(i + 1, i + 1);
                }
            }
            assertThat(index.textCount()).isEqualTo(120 - 24);
        }
        try (SearchIndex linked = SearchIndex.open(copy);
                SearchIndex index = SearchIndex.open(original)) {
            assertThat(linked.textCount()).isEqualTo(360);
            assertThat(linked.vectorCount()).isEqualTo(360);
            assertThat(index.vectorCount()).isEqualTo(120 - 24);
            assertThat(linked.text("method15", SearchFilter.all(), 1)).isNotEmpty();
            assertThat(linked.vectors(vector(15), SearchFilter.all(), 1))
                    .extracting(SearchHit::id)
                    .containsExactly(document(15).id());
        }
    }

    @Test
    void link_besideAWriter_hasOneCommit() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (SearchIndex index = SearchIndex.open(original)) {
            add(index, 0, 10);
            index.commit(1, 1);
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 1; !ended.get(); i++) {
                    add(index, i * 10, i * 10 + 10);
                    index.commit(i + 1, i + 1);
                }
            });
            try {
                for (int i = 0; i < 10; i++) {
                    Path each = folder.resolve("copy" + i);
                    SearchIndex.link(original, each);
                    try (SearchIndex linked = SearchIndex.open(each)) {
                        assertThat(linked.textCount()).isEqualTo(10 * linked.textSequence());
                        assertThat(linked.vectorCount()).isEqualTo(10 * linked.vectorSequence());
                    }
                }
            } finally {
                ended.set(true);
                writer.join();
            }
        }
    }

    @Test
    void link_noIndexOrADamagedOne_givesOneThatHasReachedNothing() throws IOException {
        SearchIndex.link(original, copy);
        try (SearchIndex linked = SearchIndex.open(copy)) {
            assertThat(linked.textSequence()).isZero();
        }
        Files.createDirectories(original.resolve("text"));
        Files.writeString(original.resolve("text").resolve("segments_1"), "nothing of Lucene's");
        Path other = folder.resolve("other");
        SearchIndex.link(original, other);
        try (SearchIndex linked = SearchIndex.open(other)) {
            assertThat(linked.textSequence()).isZero();
        }
    }

    private static void add(SearchIndex index, int from, int to) {
        for (int i = from; i < to; i++) {
            SearchDocument document = document(i);
            index.update(List.of(document), List.of());
            index.updateVectors(Map.of(document.id(), vector(i)), List.of());
        }
    }

    private static SearchDocument document(int number) {
        String name = "method" + number;
        String qualifiedName = "p.Type#" + name;
        NodeId id = NodeId.of(NodeKind.METHOD, qualifiedName, "()");
        return new SearchDocument(
                id, NodeKind.METHOD, name, qualifiedName, "void " + name + "()", "", "run();", "p/Type.java", 0);
    }

    private static float[] vector(int number) {
        float[] vector = new float[384];
        vector[number % 384] = 1;
        return vector;
    }

    /** What tells one file of the disk from another, for all that hold rows. */
    private static Set<Object> inodes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches("segments.*|write.lock"))
                    .map(LinkedIndexTest::inode)
                    .collect(Collectors.toSet());
        }
    }

    private static Object inode(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
