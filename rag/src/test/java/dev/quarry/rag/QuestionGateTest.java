package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionGateTest {
    private static boolean passes(String first, String second) {
        QuestionGate one = QuestionGate.of(first);
        QuestionGate other = QuestionGate.of(second);
        return one.key().equals(other.key())
                && WordAgreement.of(one.words(), other.words()).surcharge().isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How does StringUtils.isBlank work?|Explain how StringUtils.isBlank works",
                "Is `merge` safe?|Is \"merge\" safe to use?",
                "What does a.b.C#m() do?|Describe what a.b.C.m does",
                "Why 3 retries?|Why are there three retries?",
                "Who calls Foo.bar?|Which methods call Foo.bar?",
                "Why is it not never closed?|Why is it closed?",
                "How does Foo.a differ from Foo.b?|What is the difference between Foo.b and Foo.a?",
                "Is Foo.b replaced by Foo.a?|Is Foo.b replaced by Foo.a",
                "How does the parser recover from an error?|How does the parser recover after an error?",
                "Where is Range defined?|In which file is Range defined?",
                "Why does it wait for 30s?|Why does it wait for 30 seconds?"
            })
    void gate_sameQuestion_isTheSame(String first, String second) {
        assertThat(passes(first, second)).isTrue();
        assertThat(passes(second, first)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "How does StringUtils.isBlank work?|How does StringUtils.isEmpty work?",
                "How does Range.between work?|How does Range.is work?",
                "Why is the cache cleared?|Why is the cache not cleared?",
                "Why is the cache cleared?|Why isn't the cache cleared?",
                "Why does it return null?|Why does it return without null?",
                "Why 3 retries?|Why 4 retries?",
                "Why three retries?|Why four retries?",
                "How is the first element found?|How is the last element found?",
                "How is it encoded?|How is it decoded?",
                "Where is Foo.bar defined?|Where is Foo.bar called?",
                "What does Foo.bar do?|Who calls Foo.bar?",
                "How does Foo.bar work?|Why does Foo.bar exist?",
                "Is `merge` safe?|Is `split` safe?",
                "Why does it wait for 30s?|Why does it wait for 30ms?",
                "Why does it wait for 30s?|Why does it wait for 40s?",
                "What does m(int) do?|What does m(long) do?",
                "What does Foo.bar return?|What does Foo.bar throw?",
                "What replaces Foo.bar?|What does Foo.bar replace?",
                "Does Foo.a call Foo.b?|Does Foo.b call Foo.a?",
                "Must a Foo be shared by threads?|May a Foo be shared by threads?",
                "How does it behave before the start?|How does it behave after the start?"
            })
    void gate_otherQuestion_differs(String first, String second) {
        assertThat(passes(first, second)).isFalse();
        assertThat(passes(second, first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Why is Foo.bar slow?, Where is Foo.bar slow?, true",
        "Who configures Foo.bar?, From where is Foo.bar configured?, true",
        "Who configures Foo.bar?, Where is Foo.bar configured?, true",
        "Must Foo.bar be called first?, Can Foo.bar be called first?, true",
        "Do I have to call Foo.bar?, Must Foo.bar be called?, false",
        "How many Foos are kept?, Why are Foos kept?, true",
        "How does Foo.bar flush?, What makes Foo.bar flush?, false",
        "What is the reason that Foo.bar flushes?, Why does Foo.bar flush?, false"
    })
    void kinds_thatOneAnswerCannotServe_contradict(String first, String second, boolean expected) {
        QuestionKind one = QuestionGate.of(first).kind();
        QuestionKind other = QuestionGate.of(second).kind();
        assertThat(one.contradicts(other)).isEqualTo(expected);
        assertThat(other.contradicts(one)).isEqualTo(expected);
    }

    @Test
    void names_inQuotes_haveNoBlanks() {
        for (String text : new String[] {"Is `do it()` safe?", "Is \"do it\" safe?", "Is 'do\tit' safe?"}) {
            assertThat(QuestionGate.of(text).names()).as(text).containsExactly("doit");
        }
    }

    @Test
    void kind_ofQuestionsAboutAllCode_isOfTheWholeGraph() {
        for (String question : new String[] {"Who calls Foo.bar?", "How many tests are there?", "List all routes"}) {
            assertThat(QuestionGate.of(question).kind().isOfWholeGraph())
                    .as(question)
                    .isTrue();
        }
        assertThat(QuestionGate.of("How does Foo.bar work?").kind().isOfWholeGraph())
                .isFalse();
    }

    @Test
    void gate_oddTexts_areRead() {
        for (String text : new String[] {"", "?", "``", "'", "…", "(((", "a.b.", "not not", "x".repeat(20_000)}) {
            assertThat(QuestionGate.of(text).key()).isNotNull();
        }
    }

    /** A pattern that goes a step deeper into the stack for each part of a text would end the request. */
    @ParameterizedTest
    @ValueSource(strings = {"a.", "a/", "A.b::", "1.", "1,", "so ", "please, ", "x-", "no ", "\"a\" ", "[1, 2], "})
    void gate_longTexts_areReadWhateverTheyRepeat(String part) {
        String text = part.repeat(20_000 / part.length()) + "x";
        assertThat(QuestionGate.of(text).key()).isNotNull();
        assertThat(QueryShape.of(text)).isNotNull();
        assertThat(StackTrace.of("at " + text).frames()).isNotNull();
    }
}
