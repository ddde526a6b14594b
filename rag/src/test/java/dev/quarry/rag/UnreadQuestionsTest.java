package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What neither vectors nor a judge tell apart: all have one vector here, and the judge takes all for the same. */
class UnreadQuestionsTest {
    private static final CacheRules RULES =
            new CacheRules(9, 1_000, Duration.ofHours(1), CacheRules.Eviction.LEAST_RECENTLY, 0.9);

    @TempDir
    private Path folder;

    private static CacheQuestion question(String text) {
        return new CacheQuestion(text, new CacheScope("t", "r", "main", "model", "1"), 1, new float[] {1, 2});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Is x == null checked in join?; is x == null checked in join?; Is x != null checked in join?",
                "What happens for index -1 in join?; What happens in join for index -1?; What happens in join for index 1?",
                "Where is !isBlank called?; Where is !isBlank() called?; Where is isBlank called?",
                "What does put return?; What does `put` return?; What does get return?",
                "How is a text put into the map?; How do I put a text into the map?; How do I get a text out of the map?",
                "Ist der Cache sicher?; ist der Cache sicher; Ist der Cache nicht sicher?",
                "Как закрыть кэш?; Как  закрыть кэш; 如何关闭缓存？",
                "parallelStream runs on common pool?; Does parallelStream run on the common pool?; ???"
            })
    void find_whatCannotBeRead_mustBeTheSame(String kept, String same, String other) {
        try (AnswerCache cache = new StoredAnswerCache(
                folder.resolve("answers"), RULES, _ -> Map.of(), (_, _) -> OptionalDouble.of(9), Clock.systemUTC())) {
            Citation citation = Citation.ofSyntax(NodeId.of(NodeKind.CLASS, "a.B", ""), ContentHash.ofText("b"));
            NewAnswer answer = new NewAnswer("so", List.of(citation), 1, 0, Duration.ofSeconds(1));
            assertThat(cache.keep(question(kept), answer)).isPresent();
            assertThat(cache.find(question(same))).isInstanceOf(AnswerCache.Lookup.Hit.class);
            assertThat(cache.find(question(other))).isInstanceOf(AnswerCache.Lookup.Miss.class);
        }
    }
}
