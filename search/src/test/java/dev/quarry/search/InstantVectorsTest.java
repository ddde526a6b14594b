package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the search over vectors of the instant tier with looking at all of them. */
class InstantVectorsTest {
    private static final int DIMENSION = 384;
    private static final int FILES = 100;
    private static final int FILE_SIZE = 60;
    private static final String MODEL = "static-1";

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("quarry.seed", 42);
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Map<NodeId, float[]> all = new LinkedHashMap<>();

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return VectorUtil.l2normalize(vector);
    }

    /** Vectors of a file lie around a point, as those of a library's classes do. */
    private void replaceFile(SearchIndex index, int file) {
        float[] centre = vector();
        Map<NodeId, float[]> vectors = new LinkedHashMap<>();
        List<SearchDocument> documents = new ArrayList<>();
        for (int i = 0; i < FILE_SIZE; i++) {
            float[] near = vector();
            for (int d = 0; d < DIMENSION; d++) {
                near[d] += centre[d];
            }
            NodeId id = id(file, i);
            vectors.put(id, VectorUtil.l2normalize(near));
            documents.add(new SearchDocument(id, NodeKind.CLASS, "C" + i, name(file, i), "", "", "", path(file), 0));
        }
        all.putAll(vectors);
        index.replaceFile(path(file), documents, vectors);
    }

    private static NodeId id(int file, int i) {
        return NodeId.of(NodeKind.CLASS, name(file, i), "");
    }

    private static String name(int file, int i) {
        return "p" + file + ".C" + i;
    }

    private static String path(int file) {
        return "p" + file + "/C.java";
    }

    private float[] stored(NodeId id) {
        return Objects.requireNonNull(all.get(id));
    }

    private SearchIndex filled() {
        SearchIndex index = SearchIndex.open(folder.resolve("index"));
        for (int file = 0; file < FILES; file++) {
            replaceFile(index, file);
            if (file == FILES / 2) {
                index.commitText(1, MODEL);
            }
        }
        index.commitText(2, MODEL);
        return index;
    }

    private double recall(SearchIndex index, SearchFilter filter, Predicate<NodeId> wanted) {
        return new ExactNeighbours(all)
                .recall(random, wanted, query -> index.instant().closest(query, filter, ExactNeighbours.K));
    }

    @Test
    void closest_randomVectors_findsNearlyAll() {
        try (SearchIndex index = filled()) {
            assertThat(index.instant().count()).isEqualTo(FILES * FILE_SIZE);
            assertThat(index.instant().model()).isEqualTo(MODEL);
            assertThat(recall(index, SearchFilter.all(), id -> true))
                    .as("seed %d", seed)
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void closest_filterThatKeepsFew_losesNearlyNone() {
        try (SearchIndex index = filled()) {
            SearchFilter filter = SearchFilter.all().withPath("p7");
            Predicate<NodeId> wanted = id -> IntStream.range(0, FILE_SIZE).anyMatch(i -> id(7, i).equals(id));
            assertThat(recall(index, filter, wanted)).as("seed %d", seed).isGreaterThan(0.95);
        }
    }

    @Test
    void closest_replacedAndRemoved_onlyTheNewAreFound() {
        try (SearchIndex index = filled()) {
            float[] old = stored(id(3, 5)).clone();
            replaceFile(index, 3);
            index.replaceFile(path(4), List.of());
            index.commitText(3);

            assertThat(index.instant().count()).isEqualTo((FILES - 1) * FILE_SIZE);
            assertThat(index.instant().model()).isEqualTo(MODEL);
            assertThat(index.instant()
                            .closest(old, SearchFilter.all(), 1)
                            .getFirst()
                            .score())
                    .isLessThan(0.99f);
            assertThat(index.instant().closest(stored(id(3, 5)), SearchFilter.all(), 1))
                    .extracting(SearchHit::id)
                    .containsExactly(id(3, 5));
        }
    }

    @Test
    void cosines_nodes_areThoseOfTheirVectors() {
        try (SearchIndex index = filled()) {
            float[] query = vector();
            NodeId unknown = NodeId.of(NodeKind.CLASS, "no.Such", "");
            Map<NodeId, Float> cosines =
                    index.instant().cosines(query, List.of(id(1, 1), id(90, 2), id(5, 0), unknown));
            assertThat(cosines).containsOnlyKeys(id(1, 1), id(90, 2), id(5, 0));
            cosines.forEach((id, cosine) ->
                    assertThat(cosine).isCloseTo(VectorUtil.dotProduct(query, stored(id)), within(0.01f)));
        }
    }

    @Test
    void model_noVectors_isEmpty() {
        try (SearchIndex index = SearchIndex.open(folder.resolve("index"))) {
            index.replaceFile(
                    "a/A.java",
                    List.of(new SearchDocument(id(0, 0), NodeKind.CLASS, "A", "a.A", "", "", "", "a/A.java", 0)),
                    Map.of(id(0, 0), new float[DIMENSION]));
            index.commitText(1, "");
            assertThat(index.instant().model()).isEmpty();
            assertThat(index.instant().count()).isZero();
            assertThat(index.instant().closest(vector(), SearchFilter.all(), ExactNeighbours.K))
                    .isEmpty();
        }
    }

    @Test
    void textSums_withVectors_areThoseOfTheTexts() {
        SearchDocument document = new SearchDocument(id(0, 0), NodeKind.CLASS, "A", "a.A", "", "", "", "a/A.java", 0);
        try (SearchIndex with = SearchIndex.open(folder.resolve("with"));
                SearchIndex without = SearchIndex.open(folder.resolve("without"))) {
            with.replaceFile("a/A.java", List.of(document), Map.of(id(0, 0), vector()));
            with.commitText(1, MODEL);
            without.replaceFile("a/A.java", List.of(document));
            without.commitText(1);

            assertThat(with.instant().count()).isOne();
            assertThat(with.textSums()).isEqualTo(without.textSums()).containsOnlyKeys(id(0, 0));
        }
    }
}
