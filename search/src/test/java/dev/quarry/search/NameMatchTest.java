package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameMatchTest {
    private static double match(String typed, String name) {
        return new NameMatch(typed).of(name, NameMatch.letters(name));
    }

    @ParameterizedTest
    @CsvSource({
        "isB, isBlank, ALL",
        "SU, StringUtils, ALL",
        "StrU, StringUtils, ALL",
        "su, StringUtils, NONE",
        "NPE, NullPointerException, ALL",
        "NP, NullPointerException, FIRST",
        "NE, NullPointerException, NONE",
        "MV, MAX_VALUE, ALL",
        "HS, HTTPServer, ALL",
        "HTTPS, HTTPServer, ALL",
        "HttpS, HTTPServer, ALL",
        "utf8, utf8Length, FIRST",
        "u8L, utf8Length, ALL",
        "uL, utf8Length, ALL",
        "iICC, isISO3166CountryCode, ALL",
        "iCC, isISO3166CountryCode, NONE",
        "isX, isBlank, NONE",
        "AAAA, AAaAaAa, ALL",
    })
    void humps_beginningsOfHumps_areRecognized(String typed, String name, Humps expected) {
        assertThat(Humps.match(typed, name)).isEqualTo(expected);
    }

    @Test
    void of_closerNames_scoreHigher() {
        List<String> byCloseness = List.of("isBlank", "isBlanks", "isBlankOrEmpty", "hasIsBlankIn", "size");
        assertThat(byCloseness).isSortedAccordingTo((a, b) -> Double.compare(match("isBlank", b), match("isBlank", a)));
        assertThat(match("isBlank", "size")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"Zzzzzzzz, toString", "timer, write", "regex, greet", "listen, entries"})
    void of_namesOfOtherLetters_areNoTypingErrors(String typed, String name) {
        assertThat(match(typed, name)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"isBlnak, 1", "isBlan, 1", "isBlankk, 1", "isBlink, 1", "isBalkn, 2", "size, 3"})
    void typingErrors_changedName_areCounted(String typed, int errors) {
        assertThat(TypingErrors.between(typed, "isBlank", 2)).isEqualTo(errors);
    }

    @ParameterizedTest
    @CsvSource({
        "Pred, Predicate, predicate",
        "SPr, SerializationProxy, setPriority",
        "IA, InetAddresses, isActive",
        "typeT, typeTable, TypeTable",
        "Ref, Reference, REFERER",
    })
    void of_beginningWithCapitals_prefersNamesWithThem(String typed, String name, String other) {
        assertThat(match(typed, name)).isGreaterThan(match(typed, other));
    }

    @Test
    void of_beginningInSmallLetters_takesAnyCase() {
        assertThat(match("pred", "Predicate"))
                .isEqualTo(match("pred", "predicate"))
                .isPositive();
    }

    @Test
    void of_misspelledName_isFoundUnlessItIsShort() {
        assertThat(match("isBlnak", "isBlank")).isPositive();
        assertThat(match("gte", "get")).isZero();
        assertThat(match("StringUtlis", "StringUtils")).isGreaterThan(match("StirngUtlis", "StringUtils"));
        assertThat(match("StirngUtlis", "StringUtils")).isPositive();
    }
}
