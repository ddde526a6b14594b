package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePurgeTest {
    private static final CacheRules RULES =
            new CacheRules(9, 1_000, Duration.ofHours(1), CacheRules.Eviction.LEAST_RECENTLY, 0.9);

    @TempDir
    private Path folder;

    private StoredAnswerCache cache() {
        return new StoredAnswerCache(
                folder.resolve("answers"), RULES, _ -> Map.of(), (_, _) -> OptionalDouble.empty(), Clock.systemUTC());
    }

    private static void keep(AnswerCache cache, String model) {
        CacheScope scope = new CacheScope("t", "r", "main", model, "1");
        Citation citation = Citation.ofSyntax(NodeId.of(NodeKind.CLASS, "a.B", ""), ContentHash.ofText("before"));
        NewAnswer answer = new NewAnswer("so", List.of(citation), 1, 0, Duration.ofSeconds(1));
        assertThat(cache.keep(new CacheQuestion("How does A.a work?", scope, 1, new float[] {1, 2}), answer))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"local/small, 1", "local, 2", "small, 2", "meta/large, 1", "hub, 1", "hub/meta/large, 1"})
    void ofModel_namedByModelOrBackend_isDropped(String name, int dropped) {
        try (AnswerCache cache = cache()) {
            List.of("local/small", "local/big", "far/small", "hub/meta/large").forEach(model -> keep(cache, model));
            assertThat(cache.purge(new CachePurge.OfModel(name))).isEqualTo(dropped);
            assertThat(cache.stats().entries()).isEqualTo(4 - dropped);
        }
    }

    @Test
    void ofModel_nameOfNone_failsAndListsThose() {
        try (AnswerCache cache = cache()) {
            assertThatThrownBy(() -> cache.purge(new CachePurge.OfModel("x"))).hasMessageContaining("it is empty");
            keep(cache, "local/small");
            keep(cache, "far/big");
            assertThatThrownBy(() -> cache.purge(new CachePurge.OfModel("loca")))
                    .isInstanceOfSatisfying(
                            QuarryException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND))
                    .hasMessageContaining("'loca'")
                    .hasMessageContaining("far/big, local/small");
            assertThat(cache.stats().entries()).isEqualTo(2);
        }
    }
}
