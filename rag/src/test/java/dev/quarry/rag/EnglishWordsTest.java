package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnglishWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "How does the cache close?",
                "parallelStream runs on common pool?",
                "jmh warmup default",
                "HashMap vs TreeMap",
                "NPE in UserMapper.toDto (line 47) - reason?",
                "Foo.bar slow",
                "Why was it removed?",
                "What comment precedes it?",
                "Foo.bar() 3?",
                "How is 'é' escaped?",
                "What does the German \"nicht\" mean here?",
                "Is the timeout 30 s — or none?"
            })
    void sole_englishAsPeopleTypeIt_isNot(String question) {
        assertThat(QuestionGate.of(question).sole()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ist der Cache nicht threadsicher?",
                "Was passiert in evict?",
                "Wie wird der Thread im Pool gestartet?",
                "Comment fermer le cache ?",
                "Que ne fait pas put ?",
                "Como se cierra el cache?",
                "Cosa fa put quando il limite manca?",
                "Wat is de grootte van het geheugen?",
                "Как закрыть кэш?",
                "如何关闭缓存？",
                "كيف أغلق الذاكرة؟",
                "xyzzy",
                "x",
                "???",
                "🙂",
                "What is it?",
                "What happens at 50?",
                "What does && do?"
            })
    void sole_otherLanguagesAndWhatSaysNothing_areNamed(String question) {
        assertThat(QuestionGate.of(question).sole()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ist der Cache sicher?, ist  der cache sicher ?, true",
        "如何关闭缓存？, 如何关闭缓存, true",
        "???, ??, false",
        "Ist der Cache sicher?, Ist der Cache nicht sicher?, false",
        "Wie wird put benutzt?, Wie wird get benutzt?, false"
    })
    void looseKey_ofOtherLanguages_isThatOfTheText(String first, String second, boolean expected) {
        assertThat(QuestionGate.of(first)
                        .looseKey()
                        .equals(QuestionGate.of(second).looseKey()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "How does it store zz"})
    void sole_wordThatTheModelCannotRead_isNamed(String begin) {
        assertThat(QuestionGate.of(begin + "z".repeat(150)).sole())
                .isNotEmpty()
                .isNotEqualTo(QuestionGate.of(begin + "z".repeat(151)).sole());
    }
}
