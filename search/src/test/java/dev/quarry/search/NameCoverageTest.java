package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCoverageTest {
    @ParameterizedTest
    @CsvSource({
        "check whether a string is blank, isBlank, 1",
        "check whether a string is blank, isNotBlank, 0.666667",
        "checks blanks, checkBlank, 1",
        "check, blank, 0",
        "parse HTTP headers, HTTPHeader_2, 0.666667",
        "isBlank, isAnyBlank, 0.666667",
        "anything, <, 0",
    })
    void of_namesAndQueries_isTheShareOfPartsThatAreSaid(String query, String name, double share) {
        assertThat(NameCoverage.by(query).of(name)).isCloseTo(share, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "Fix Strings.replace, Strings, true",
        "Fix Strings.replace, StringUtils, false",
        "Fix strings, Strings, false",
        "fix stringutils, StringUtils, true",
        "Fix Pair.accept(BiConsumer), BiConsumer, false",
        "Fix a.b.Pair#accept(), Pair, true",
        "Fix `Pair`, Pair, true",
        "Fix Pairs, Pair, false",
    })
    void isVerbatim_namesAndQueries_isWhetherTheNameStandsThere(String query, String name, boolean expected) {
        assertThat(NameCoverage.by(query).isVerbatim(name)).isEqualTo(expected);
    }

    @Test
    void isWhole_queryWithMoreOrLessThanTheName_isFalse() {
        assertThat(NameCoverage.by("is blank").isWhole("isBlank")).isTrue();
        assertThat(NameCoverage.by("isBlank").isWhole("isBlank")).isTrue();
        assertThat(NameCoverage.by("is it blank").isWhole("isBlank")).isFalse();
        assertThat(NameCoverage.by("blank").isWhole("isBlank")).isFalse();
        assertThat(NameCoverage.by("?").isWhole("<")).isFalse();
    }
}
