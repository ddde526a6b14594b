package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameQuestionModelTest {
    private static final SameQuestionModel MODEL = SameQuestionModel.bundled();

    @AfterAll
    static void close() {
        MODEL.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How does the pool decide to close a connection?|What makes the pool close a connection?"
                        + "|How does the pool decide to open a connection?",
                "Where is the size of the buffer set?|Which place sets how large the buffer is?"
                        + "|Why is the size of the buffer set?",
                "Who calls Foo.bar?|What are the callers of Foo.bar?|What does Foo.bar call?",
                "Is Foo safe to use from several threads?|Can many threads share one Foo?"
                        + "|How many threads does Foo start?"
            })
    void logOdds_sameInOtherWords_areHigherThanThoseOfWhatIsClose(String kept, String same, String close) {
        assertThat(MODEL.logOdds(kept, same)).isGreaterThan(0);
        assertThat(MODEL.logOdds(kept, close)).isLessThan(0);
    }

    @Test
    void logOdds_ofTextsThatAreTooLong_saysNothing() {
        String half = "word ".repeat(SameQuestionModel.TOKENS_MAX / 2);
        assertThat(MODEL.logOdds(half, half)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(MODEL.logOdds(half, "word")).isFinite();
    }

    @Test
    void logOdds_oddTexts_areRead() {
        for (String text : new String[] {"", "?", "[SEP]", "\uD800", "😀😀", "…", "\0"}) {
            assertThat(MODEL.logOdds(text, "Who calls it?")).as(text).isFinite();
        }
    }

    @Test
    void logOdds_fromSeveralThreads_areTheSame() {
        double alone = MODEL.logOdds("Who calls it?", "What are its callers?");
        Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> MODEL.logOdds("Who calls it?", "What are its callers?")))
                .limit(16)
                .toList()
                .forEach(found -> assertThat(found.join()).isEqualTo(alone));
    }
}
