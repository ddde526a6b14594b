package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.lucene.util.VectorUtil;

/** The search over vectors that looks at all of them, to compare an index with. */
final class ExactNeighbours {
    static final int K = 10;

    private static final int QUERIES = Integer.getInteger("quarry.rounds", 10);

    private final Map<NodeId, float[]> vectors;

    /** @param vectors by node, of length 1; read at each call, so that it may change between them */
    ExactNeighbours(Map<NodeId, float[]> vectors) {
        this.vectors = vectors;
    }

    /** The nodes with the {@link #K} vectors closest to a vector, the closest first, of those that are wanted. */
    List<NodeId> closest(float[] query, Predicate<NodeId> wanted) {
        return vectors.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .sorted(Comparator.comparingDouble(entry -> -VectorUtil.dotProduct(query, entry.getValue())))
                .limit(K)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The share of the closest nodes that a search finds, over queries that are drawn from the vectors; each answer must be
     * whole, in order, and of wanted nodes only.
     */
    double recall(SplittableRandom random, Predicate<NodeId> wanted, Function<float[], List<SearchHit>> search) {
        List<float[]> drawn = List.copyOf(vectors.values());
        int found = 0;
        int expected = 0;
        for (int i = 0; i < QUERIES; i++) {
            float[] query = drawn.get(random.nextInt(drawn.size()));
            List<NodeId> truth = closest(query, wanted);
            List<SearchHit> hits = search.apply(query);
            assertThat(hits).allMatch(hit -> wanted.test(hit.id())).hasSameSizeAs(truth);
            assertThat(hits).isSortedAccordingTo(Comparator.comparingDouble(hit -> -hit.score()));
            found += (int) hits.stream().filter(hit -> truth.contains(hit.id())).count();
            expected += truth.size();
        }
        return (double) found / expected;
    }
}
