package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameAgreementTest {
    private static boolean contradict(String first, String second) {
        QuestionGate asked = QuestionGate.of(first);
        QuestionGate kept = QuestionGate.of(second);
        boolean isAnyOrder = asked.kind() == QuestionKind.COMPARE || kept.kind() == QuestionKind.COMPARE;
        return new NameAgreement(asked.names()).contradicts(kept.names(), isAnyOrder);
    }

    @ParameterizedTest
    @CsvSource({
        "How does StringUtils.isBlank work?, What does isBlank of StringUtils do?",
        "Who calls `DatumReader#setSchema`?, Where is setSchema of the DatumReader called in Avro?",
        "How does it flush?, How does BufferedWriter flush?",
        "Who calls readFully(int)?, What are the callers of readFully?",
        "How do Foo.a and Bar.b differ?, What is the difference between Bar.b and Foo.a?",
        "What changed between FooBar and BarFoo?, How does BarFoo differ from FooBar?",
        "'After calling writeAll, who closes the ByteSink?', Who closes the ByteSink after calling writeAll?",
        "Does OkHttpClient follow HTTPS to HTTP?, Are HTTPS to HTTP followed by OkHttpClient?"
    })
    void contradict_notFewerOrMoreNames(String first, String second) {
        assertThat(contradict(first, second)).isFalse();
        assertThat(contradict(second, first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "How does StringUtils.isBlank work?, How does StringUtils.isEmpty work?",
        "Is there a test of Socket?, Is there a test of Cart?",
        "Why is FooBar slower than BarFoo?, Why is BarFoo slower than FooBar?",
        "Does HTTPS redirect to HTTP?, Does HTTP redirect to HTTPS?",
        "'In FooBar, how does one make a BarFoo?', 'In BarFoo, how does one make a FooBar?'"
    })
    void contradict_otherNamesOrAnotherOrder(String first, String second) {
        assertThat(contradict(first, second)).isTrue();
        assertThat(contradict(second, first)).isTrue();
    }
}
