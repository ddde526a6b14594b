package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts told by others. */
class TextDeltaTest {
    static LongStream seeds() {
        Long given = Long.getLong("quarry.seed");
        return given == null ? new SplittableRandom().longs(50) : LongStream.of(given);
    }

    @ParameterizedTest(name = "-Dquarry.seed={0}")
    @MethodSource("seeds")
    void apply_deltaOfRandomTexts_givesTheText(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String base = text(random);
        String text = random.nextBoolean() ? text(random) : edited(base, random);

        assertThat(TextDelta.apply(TextDelta.of(text, base), base)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "a,''", "'',a", "aaa,aa", "aa,aaa", "äöü,äxü", "abab,ab"})
    void apply_deltaOfShortTexts_givesTheText(String text, String base) {
        assertThat(TextDelta.apply(TextDelta.of(text, base), base)).isEqualTo(text);
    }

    private static String text(SplittableRandom random) {
        return random.ints(random.nextInt(200_000), 'a', 'a' + 1 + random.nextInt(300))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static String edited(String text, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + "edit" + text.substring(Math.min(text.length(), at + random.nextInt(10)));
    }
}
