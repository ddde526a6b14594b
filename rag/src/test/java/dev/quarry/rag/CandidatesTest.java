package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.rag.Candidates.Candidate;
import dev.quarry.rag.SearchResult.LegScore;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchHit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final NodeId A = new NodeId(0, 1);
    private static final NodeId B = new NodeId(0, 2);
    private static final NodeId C = new NodeId(0, 3);

    @Test
    void best_foundByBothLegs_isFirstWithTheSumOfBoth() {
        Candidates candidates = new Candidates(QueryShape.WORDS);
        candidates.add(Leg.TEXT, List.of(new SearchHit(A, 10), new SearchHit(B, 8)));
        candidates.add(Leg.VECTOR, List.of(new SearchHit(C, 0.82f), new SearchHit(B, 0.8f)));
        assertThat(candidates.unknownTo(Leg.VECTOR)).containsExactly(A);
        assertThat(candidates.unknownTo(Leg.TEXT)).containsExactly(C);
        candidates.cosines(Map.of(A, 0.6f));
        List<Candidate> best = candidates.best(3);
        assertThat(best).extracting(Candidate::id).containsExactly(B, C, A);
        assertThat(candidates.score(best.getFirst()))
                .isCloseTo(0.8 + 0.8 * QueryShape.WORDS.textWeight(), within(1e-6));
        assertThat(candidates.legs(best.getFirst()))
                .containsEntry(Leg.TEXT, new LegScore(2, 8, QueryShape.WORDS.textWeight() * 8 / 10))
                .containsEntry(Leg.VECTOR, new LegScore(2, 0.8f, 0.8f));
        assertThat(candidates.bonuses(best.getFirst())).isEmpty();
    }

    @Test
    void best_namedNode_isFirstWhateverTheOthersScore() {
        Candidates candidates = new Candidates(QueryShape.NAME);
        candidates.add(Leg.TEXT, List.of(new SearchHit(A, 0, 1), new SearchHit(B, 99, 0.7)));
        candidates.add(Leg.VECTOR, List.of(new SearchHit(B, 0.99f), new SearchHit(A, 0.1f)));
        assertThat(candidates.best(1)).extracting(Candidate::id).containsExactly(A);
    }

    @Test
    void best_ties_areInOrderOfIds() {
        Candidates candidates = new Candidates(QueryShape.WORDS);
        candidates.add(Leg.TEXT, List.of(new SearchHit(B, 1), new SearchHit(A, 1)));
        assertThat(candidates.best(2)).extracting(Candidate::id).containsExactly(A, B);
    }
}
