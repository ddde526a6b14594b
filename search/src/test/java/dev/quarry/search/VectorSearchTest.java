package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the search over vectors with looking at all of them. */
class VectorSearchTest {
    private static final int DIMENSION = 384;
    private static final int COUNT = 1500;
    private static final int K = ExactNeighbours.K;
    private static final int QUERIES = Integer.getInteger("quarry.rounds", 10);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(42);
    private final Map<NodeId, float[]> all = new LinkedHashMap<>();
    private final Map<NodeId, Integer> numbers = new LinkedHashMap<>();

    private float[] vector() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return VectorUtil.l2normalize(vector);
    }

    private String words() {
        return "common w" + random.nextInt(9) + " w" + random.nextInt(40) + " w" + random.nextInt(200);
    }

    private void fill(SearchIndex index) {
        List<float[]> centres = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            centres.add(vector());
        }
        List<SearchDocument> documents = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String name = "p" + i % 50 + ".C" + i;
            NodeId id = NodeId.of(NodeKind.CLASS, name, "");
            float[] near = vector();
            float[] centre = centres.get(random.nextInt(centres.size()));
            for (int d = 0; d < DIMENSION; d++) {
                near[d] += centre[d];
            }
            all.put(id, VectorUtil.l2normalize(near));
            numbers.put(id, i);
            documents.add(new SearchDocument(
                    id, NodeKind.CLASS, "C" + i, name, "", words(), "", "p" + i % 50 + "/C.java", 0));
        }
        index.update(documents, List.of());
        index.updateVectors(all, List.of());
        index.commit(1, 1);
    }

    private double recall(SearchIndex index, SearchFilter filter, Predicate<NodeId> wanted) {
        return new ExactNeighbours(all).recall(random, wanted, query -> index.vectors(query, filter, K));
    }

    @Test
    void vectors_withAndWithoutFilters_findNearlyAllThatAreClosest() {
        try (SearchIndex index = SearchIndex.open(folder)) {
            fill(index);
            SearchFilter filter = SearchFilter.all();
            assertThat(recall(index, filter, id -> true)).isGreaterThanOrEqualTo(0.95);
            assertThat(recall(index, filter.withPackage("p7"), id -> numbers.getOrDefault(id, -1) % 50 == 7))
                    .isGreaterThanOrEqualTo(0.95);
            assertThat(recall(index, filter.withPath("p7/C.java"), id -> numbers.getOrDefault(id, -1) % 50 == 7))
                    .isGreaterThanOrEqualTo(0.95);
            assertThat(index.vectors(vector(), filter.withPackage("none"), K)).isEmpty();
        }
    }

    @Test
    void search_filterThatKeepsOnePercent_findsWhatComparingAllFinds() {
        try (SearchIndex index = SearchIndex.open(folder)) {
            fill(index);
            for (int round = 0; round < QUERIES; round++) {
                Set<NodeId> kept = new HashSet<>();
                List<NodeId> ids = List.copyOf(all.keySet());
                while (kept.size() < COUNT / 100) {
                    kept.add(ids.get(random.nextInt(COUNT)));
                }
                SearchFilter filter = SearchFilter.all().withNodes(kept);
                assertThat(recall(index, filter, kept::contains)).isEqualTo(1);
                String query = words();
                assertThat(index.text(query, filter, K))
                        .isEqualTo(index.text(query, SearchFilter.all(), COUNT).stream()
                                .filter(hit -> kept.contains(hit.id()))
                                .limit(K)
                                .toList());
            }
        }
    }

    @Test
    void mergeVectors_severalParts_areOneThatAnswersTheSame() throws IOException {
        try (SearchIndex index = SearchIndex.open(folder)) {
            fill(index);
            index.updateVectors(Map.of(NodeId.of(NodeKind.CLASS, "Another", ""), vector()), List.of());
            index.commit(1, 2);
            assertThat(parts()).isGreaterThan(1);
            float[] query = vector();
            Set<SearchHit> hits = Set.copyOf(index.vectors(query, SearchFilter.all(), COUNT + 1));
            index.mergeVectors();
            assertThat(parts()).isEqualTo(1);
            assertThat(index.vectorSequence()).isEqualTo(2);
            assertThat(index.vectorCount()).isEqualTo(COUNT + 1);
            assertThat(Set.copyOf(index.vectors(query, SearchFilter.all(), COUNT + 1)))
                    .isEqualTo(hits);
        }
    }

    private int parts() throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder.resolve("vectors")))) {
            return reader.leaves().size();
        }
    }

    @Test
    void updateVectors_putsAndRemovals_areSeenAfterTheCommit() {
        NodeId first = NodeId.of(NodeKind.CLASS, "A", "");
        NodeId second = NodeId.of(NodeKind.CLASS, "B", "");
        float[] here = vector();
        try (SearchIndex index = SearchIndex.open(folder)) {
            assertThat(index.vectors(here, SearchFilter.all(), K)).isEmpty();
            index.updateVectors(Map.of(first, here, second, vector()), List.of());
            index.commit(0, 1);
            assertThat(index.vectors(here, SearchFilter.all(), K))
                    .hasSize(2)
                    .first()
                    .extracting(SearchHit::id)
                    .isEqualTo(first);
            index.updateVectors(Map.of(second, new float[DIMENSION]), List.of(first));
            index.commit(0, 2);
            assertThat(index.vectors(here, SearchFilter.all(), K)).isEmpty();
            assertThat(index.vectors(new float[DIMENSION], SearchFilter.all(), K))
                    .isEmpty();
            assertThat(index.vectorCount()).isZero();
        }
    }

    @Test
    void removedCount_countsWhatExpungeGivesBack() {
        List<NodeId> ids = new ArrayList<>();
        try (SearchIndex index = SearchIndex.open(folder)) {
            for (int i = 0; i < 40; i++) {
                NodeId id = NodeId.of(NodeKind.CLASS, "C" + i, "");
                ids.add(id);
                all.put(id, vector());
            }
            index.updateVectors(all, List.of());
            index.commit(0, 1);
            index.updateVectors(Map.of(), ids.subList(0, 4));
            index.commit(0, 2);
            assertThat(index.removedCount()).isZero();
            index.updateVectors(Map.of(), ids.subList(4, 5));
            index.commit(0, 3);
            assertThat(index.removedCount()).isEqualTo(5);
            index.expunge();
            assertThat(index.removedCount()).isZero();
            assertThat(index.vectorCount()).isEqualTo(35);
        }
    }
}
