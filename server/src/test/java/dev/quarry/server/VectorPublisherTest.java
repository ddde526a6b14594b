package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchIndex;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorPublisherTest {
    private static final String MODEL = "model@1";
    private static final int MANY = 2_048;

    @TempDir
    private Path folder;

    private final GraphStore graph = GraphStore.inMemory();
    private SearchIndex search;

    @BeforeEach
    void open() {
        search = SearchIndex.open(folder);
    }

    @AfterEach
    void close() {
        search.close();
        graph.close();
    }

    private static NodeId node(int number) {
        return NodeId.of(NodeKind.CLASS, "C" + number, "");
    }

    private static ContentHash text(int number) {
        return ContentHash.ofText("text " + number);
    }

    private static Map<NodeId, ContentHash> wanted(int from, int to) {
        Map<NodeId, ContentHash> wanted = new HashMap<>();
        IntStream.range(from, to).forEach(i -> wanted.put(node(i), text(i)));
        return wanted;
    }

    private static List<ContentHash> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(VectorPublisherTest::text).toList();
    }

    /** What the model makes is of no interest here: each vector has one element that is not 0. */
    private void store(List<ContentHash> texts) {
        float[][] vectors = new float[texts.size()][GraphStore.VECTOR_LENGTH];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i][i % GraphStore.VECTOR_LENGTH] = 1;
        }
        graph.putVectors(MODEL, texts, vectors);
    }

    private static Set<ContentHash> set(List<ContentHash> texts) {
        return new LinkedHashSet<>(texts);
    }

    @Test
    void made_many_areSeenInPartsAndCountAsNoCommitBeforeTheEnd() {
        VectorPublisher publisher = new VectorPublisher(graph, search, MODEL, false);
        store(texts(0, 100));
        publisher.want(wanted(0, 100 + 2 * MANY), Map.of());
        publisher.begin(set(texts(100, 100 + 2 * MANY)));
        assertThat(search.vectorCount()).isEqualTo(100);

        store(texts(100, 100 + MANY));
        publisher.made(texts(100, 200));
        assertThat(search.vectorCount()).isEqualTo(100);
        publisher.made(texts(200, 100 + MANY));
        assertThat(search.vectorCount()).isEqualTo(100 + MANY);
        assertThat(search.vectorSequence()).isZero();
        assertThat(search.vectorModel()).isEqualTo(MODEL);

        store(texts(100 + MANY, 100 + 2 * MANY));
        publisher.made(texts(100 + MANY, 100 + 2 * MANY));
        publisher.finish(List.of(node(0)), 7);
        assertThat(search.vectorCount()).isEqualTo(99 + 2 * MANY);
        assertThat(search.vectorSequence()).isEqualTo(7);
    }

    @Test
    void made_few_areSeenAtTheEnd() {
        VectorPublisher publisher = new VectorPublisher(graph, search, MODEL, true);
        publisher.want(wanted(0, 10), Map.of(node(3), text(3)));
        publisher.begin(set(texts(0, 10)));
        store(texts(0, 10));
        publisher.made(texts(0, 10));
        assertThat(search.vectorCount()).isZero();
        publisher.finish(List.of(), 1);
        assertThat(search.vectorCount()).isEqualTo(9);
    }

    @Test
    void made_whileAnotherModelIsServed_areSeenAtOnce() {
        float[] unit = new float[GraphStore.VECTOR_LENGTH];
        unit[0] = 1;
        search.updateVectors(Map.of(node(1), unit), List.of());
        search.commitVectors(1, "other@1");
        VectorPublisher publisher = new VectorPublisher(graph, search, MODEL, false);
        publisher.want(wanted(0, MANY), Map.of());
        publisher.begin(set(texts(0, MANY)));
        store(texts(0, MANY));
        publisher.made(texts(0, MANY));
        assertThat(search.vectorModel()).isEqualTo("other@1");
        assertThat(search.vectorCount()).isEqualTo(1);
        publisher.finish(List.of(), 2);
        assertThat(search.vectorModel()).isEqualTo(MODEL);
        assertThat(search.vectorCount()).isEqualTo(MANY);
    }
}
