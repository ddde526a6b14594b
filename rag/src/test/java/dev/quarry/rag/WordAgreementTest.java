package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordAgreementTest {
    private static OptionalDouble surcharge(String first, String second) {
        return WordAgreement.of(
                        QuestionGate.of(first).words(), QuestionGate.of(second).words())
                .surcharge();
    }

    @Test
    void surcharge_growsWithWhatDiffers() {
        String question = "How does the cache evict old entries?";
        assertThat(surcharge(question, "By what rule are old entries evicted by the cache?"))
                .hasValue(0);
        double close = surcharge("How does the cache restore old entries?", "How does the cache recover old entries?")
                .orElseThrow();
        double lone = surcharge(question, "How does the cache evict entries?").orElseThrow();
        assertThat(close).isPositive().isLessThan(lone);
    }

    @ParameterizedTest
    @CsvSource({
        "How does X1 convert a date to a string?, How does X1 convert a string to a date?",
        "How are dates parsed?, How are dates formatted?",
        "Why is the timeout in seconds?, Why is the timeout in minutes?",
        "How does the client find the server?, How does the server find the client?",
        "Can X1 be cancelled while it runs?, Can X1 be cancelled before it runs?",
        "How does X1 work when the network is up?, How does X1 work when the network is down?",
        "Is the field authorized by X1?, Is the field unauthorized by X1?",
        "What does X1 replace?, What replaces X1?",
        "How do I turn on caching?, How do I turn off caching?"
    })
    void surcharge_whatAsksForSomethingElse_isNone(String first, String second) {
        assertThat(surcharge(first, second)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Why does X1 exist?, What is the purpose of X1?",
        "Where is X1 defined?, In which file is X1 defined?",
        "When is the log flushed?, At what point is the log flushed?",
        "How do I configure X1?, What do I have to do to set up X1?",
        "How is X1 implemented?, Walk me through the implementation of X1."
    })
    void gate_framesOfOneMeaning_areTheSame(String first, String second) {
        assertThat(QuestionGate.of(first).key())
                .isEqualTo(QuestionGate.of(second).key());
        assertThat(surcharge(first, second)).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "How is the text put there?, How do I put the text there?, true",
        "How is the text passed there?, How is the text processed there?, false",
        "How is the text passed there?, How is the text there?, false",
        "Does the text get printed?, Is the text printed?, true",
        "List all texts, What are all the texts?, true"
    })
    void isSame_verbsThatMostlySayLittle_mustBeTheSame(String first, String second, boolean expected) {
        WordAgreement agreement = WordAgreement.of(
                QuestionGate.of(first).words(), QuestionGate.of(second).words());
        assertThat(agreement.isSame()).isEqualTo(expected);
        assertThat(agreement.surcharge()).hasValue(0);
    }

    private static boolean contradict(String first, String second) {
        return WordAgreement.contradict(
                QuestionGate.of(first).words(), QuestionGate.of(second).words());
    }

    @ParameterizedTest
    @CsvSource({
        "What opens the file?, When is the file closed?",
        "Why is X1 slower than X2?, What makes X1 faster than X2?",
        "How does a message get from the client to the server?, How is a message sent from the server to the client?"
    })
    void contradict_oppositesAndOtherRoles(String first, String second) {
        assertThat(contradict(first, second)).isTrue();
        assertThat(contradict(second, first)).isTrue();
        assertThat(contradict(first, first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "What opens the file?, Which line reads the file?",
        "What opens and closes the file?, Where is the file opened?",
        "Who are the callers of X1?, What depends on X1?"
    })
    void contradict_notWhatIsMerelyOther(String first, String second) {
        assertThat(contradict(first, second)).isFalse();
        assertThat(contradict(second, first)).isFalse();
    }
}
