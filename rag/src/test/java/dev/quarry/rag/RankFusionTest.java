package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.rag.RankFusion.Fused;
import dev.quarry.rag.SearchResult.LegScore;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchHit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankFusionTest {
    private static final NodeId A = new NodeId(0, 1);
    private static final NodeId B = new NodeId(0, 2);
    private static final NodeId C = new NodeId(0, 3);

    @Test
    void best_foundByBothLegs_isFirst() {
        RankFusion fusion = new RankFusion();
        fusion.add(Leg.TEXT, List.of(new SearchHit(A, 9), new SearchHit(B, 8)), 0.5);
        fusion.add(Leg.VECTOR, List.of(new SearchHit(C, 0.9f), new SearchHit(B, 0.8f)), 0.5);
        List<Fused> best = fusion.best(3);
        assertThat(best).extracting(Fused::id).containsExactly(B, A, C);
        assertThat(best.getFirst().score()).isCloseTo(2 * 0.5 / (RankFusion.K + 2), within(1e-12));
        assertThat(best.getFirst().legs())
                .containsEntry(Leg.TEXT, new LegScore(2, 8))
                .containsEntry(Leg.VECTOR, new LegScore(2, 0.8f));
    }

    @Test
    void best_heavierLeg_decides() {
        RankFusion fusion = new RankFusion();
        fusion.add(Leg.TEXT, List.of(new SearchHit(A, 9)), 0.3);
        fusion.add(Leg.VECTOR, List.of(new SearchHit(B, 0.9f)), 0.7);
        assertThat(fusion.best(1)).extracting(Fused::id).containsExactly(B);
    }

    @Test
    void best_ties_areInOrderOfIds() {
        RankFusion fusion = new RankFusion();
        fusion.add(Leg.TEXT, List.of(new SearchHit(B, 1)), 0.5);
        fusion.add(Leg.VECTOR, List.of(new SearchHit(A, 1)), 0.5);
        assertThat(fusion.best(2)).extracting(Fused::id).containsExactly(A, B);
    }
}
