package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.GraphRank.Ranked;
import dev.quarry.schema.Node;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Overviews of {@link SampleRepository}. */
class RepositoryMapTest {
    private static final SampleRepository REPOSITORY = new SampleRepository();
    private static GraphStore graph;

    @BeforeAll
    static void open() {
        graph = REPOSITORY.store();
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    @Test
    void rank_ofWhatIsCalled_isAboveWhatIsNot() {
        Map<Node, Double> ranks = GraphRank.of(graph).stream().collect(Collectors.toMap(Ranked::node, Ranked::rank));
        assertThat(ranks.get(REPOSITORY.isBlank)).isGreaterThan(ranks.get(REPOSITORY.join));
        assertThat(ranks.get(REPOSITORY.sinkWrite)).isGreaterThan(ranks.get(REPOSITORY.memoryWrite));
        assertThat(ranks).doesNotContainKey(REPOSITORY.testIsBlank);
        assertThat(ranks.values().stream().mapToDouble(Double::doubleValue).sum())
                .isBetween(0.999, 1.001);
    }

    @Test
    void map_largeBudget_showsAllInTheOrderOfTheText() {
        RepositoryMap map = new RepositoryMapper(graph).map(4_000, Provenance.UNKNOWN);
        assertThat(map.shown()).isEqualTo(map.declarations());
        assertThat(map.tokens()).isLessThanOrEqualTo(4_000);
        assertThat(map.markdown())
                .startsWith("Code from the repository at commit sequence " + graph.sequence())
                .contains("src/a/text/Strings.java\n")
                .doesNotContain("public void isBlank()");
        List<String> lines = map.markdown().lines().toList();
        int type = lines.indexOf("  4: public final class Strings");
        assertThat(type).isPositive();
        assertThat(lines.get(type + 1)).contains("isBlank(CharSequence text)");
        assertThat(lines.get(type + 2)).contains("truncate(");
    }

    @Test
    void map_smallBudget_keepsTheMostUsed() {
        RepositoryMap map = new RepositoryMapper(graph).map(200, Provenance.UNKNOWN);
        assertThat(map.tokens()).isLessThanOrEqualTo(200);
        assertThat(map.shown()).isPositive().isLessThan(map.declarations());
        assertThat(map.markdown())
                .contains("void write(String line)")
                .contains(map.shown() + " of " + map.declarations());
    }

    @Test
    void map_sameStore_isTheSame() {
        assertThat(new RepositoryMapper(graph).map(300, Provenance.UNKNOWN))
                .isEqualTo(new RepositoryMapper(graph).map(300, Provenance.UNKNOWN));
    }

    @Test
    void map_provenance_standsInTheHead() {
        RepositoryMapper mapper = new RepositoryMapper(graph);
        Provenance first = new Provenance(Optional.of("0123456789abcdef"), 0, List.of(), 0, List.of("3 files"));
        Provenance second = new Provenance(Optional.of("fedcba9876543210"), 0, List.of(), 0, List.of());
        assertThat(mapper.map(2_000, first).markdown())
                .startsWith("Code from the repository at commit 0123456789")
                .contains("commit sequence " + graph.sequence(), "Not known: 3 files.");
        assertThat(mapper.map(2_000, second).markdown())
                .startsWith("Code from the repository at commit fedcba9876")
                .doesNotContain("Not known");
    }

    @Test
    void map_budgetOutOfRange_isRefused() {
        assertThatThrownBy(() -> new RepositoryMapper(graph).map(10, Provenance.UNKNOWN))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining("10");
    }
}
