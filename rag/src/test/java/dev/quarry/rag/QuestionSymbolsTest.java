package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionSymbolsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "What happens for index -1 in join?; What happens for index 1 in join?",
                "What happens for index -1 in join?; What happens for index -2 in join?",
                "Is x == null checked in join?; Is x != null checked in join?",
                "Is size() >= limit tested?; Is size() < limit tested?",
                "What is done if the size is > 0?; What is done if the size is < 0?",
                "Is the result of a && b cached?; Is the result of a || b cached?",
                "What does i++ return?; What does i-- return?",
                "What does i++ return?; What does ++i return?",
                "Why is a + b rounded?; Why is a * b rounded?",
                "Why is a - b rounded?; Why is a / b rounded?",
                "Why is the operator - rounded?; Why is the operator / rounded?",
                "Where is !isBlank called?; Where is isBlank called?",
                "Where is int[] used?; Where is int used?",
                "Where is int... used?; Where is int used?",
                "What is done at 50% load?; What is done at 50 load?",
                "How does C++ code call it?; How does C# code call it?",
                "How does C# code call it?; How does C code call it?",
                "How is \\n escaped?; How is \\t escaped?",
                "How is `,` escaped?; How is `.` escaped?",
                "How is 🙂 escaped?; How is 🙃 escaped?",
                "What is %s replaced by?; What is %d replaced by?",
                "What does --depth limit?; What does depth limit?",
                "Is {} removed?; Is [] removed?"
            })
    void key_otherSymbols_isAnother(String first, String second) {
        QuestionGate one = QuestionGate.of(first);
        QuestionGate other = QuestionGate.of(second);
        assertThat(one.key()).isNotEqualTo(other.key());
        assertThat(one.looseKey()).isNotEqualTo(other.looseKey());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "How does isBlank() work?; How does isBlank work",
                "How does Foo#bar work?; How does Foo.bar work?",
                "How does Foo::bar work?; How does `Foo.bar` work?",
                "What has changed in the parser 3->4?; What has changed in the parser 3 -> 4?",
                "Is the cache thread-safe - yes or no?; Is the cache thread-safe -- yes or no?",
                "Is the cache thread-safe – yes or no?; Is the cache thread-safe, yes or no?",
                "Is `x == null` checked?; Is x == null checked?",
                "Where is List<String> sorted?; Where is `List<String>` sorted?",
                "Where is Map<String, List<Integer>> sorted?; Where is Map of String, List of Integer sorted?",
                "What is done at 50% load?; What is done at 50 percent load?",
                "Is x ≤ y tested?; Is x <= y tested?",
                "Is **nothing** returned for a key?; Is *nothing* returned for a key?",
                "Are 3 - 5 retries done?; Are 3-5 retries done?",
                "Why is the read/write lock kept?; Why is the read / write lock kept?",
                "Is it read & written?; Is it read and written?",
                "Is timeout=3 allowed?; Is timeout = 3 allowed?",
                "Why is a+b rounded?; Why is a + b rounded?",
                "Why is /v1/ask slow?; Why is the /v1/ask slow?",
                "Is isBlank not called?; Is !isBlank called?",
                "What if the upload is > 20 MB?; What if the upload is more than 20 MB?",
                "Does it fail... or not?; Does it fail or not?!"
            })
    void looseKey_otherPunctuation_isTheSame(String first, String second) {
        assertThat(QuestionGate.of(first).looseKey())
                .isEqualTo(QuestionGate.of(second).looseKey());
    }

    @Test
    void of_comparisonOfMeasures_isInWords() {
        assertThat(QuestionGate.of("Does it fail for > 20 MB?").words())
                .isEqualTo(QuestionGate.of("Does it fail for more than 20 MB?").words())
                .isNotEqualTo(QuestionGate.of("Does it fail for < 20 MB?").words());
    }

    @Test
    void tokens_ofWhatIsCompared_areInNoOrder() {
        assertThat(QuestionGate.of("How does i++ differ from ++i?").symbols())
                .isEqualTo(QuestionGate.of("How does ++i differ from i++?").symbols());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+", "<a", "<", "**a", "`+", "\"+\" ", "!", "- ", "a-- ", "[", "[ ", "{ ", "&&!x ", "?", "🙂", "\\"
            })
    void of_longTexts_areReadWhateverTheyRepeat(String part) {
        String text = part.repeat(20_000 / part.length()) + "x";
        assertThat(QuestionSymbols.of(text)).isNotNull();
        assertThat(QuestionGate.of(text).key()).isNotNull();
    }
}
