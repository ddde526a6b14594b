package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionNumbersTest {
    private static boolean contradict(String first, String second) {
        return QuestionGate.of(first)
                .numbers()
                .contradicts(QuestionGate.of(second).numbers());
    }

    @ParameterizedTest
    @CsvSource({
        "Why does the job run twice?, Why does the job run again?",
        "What do 2 threads share?, What do two threads share?",
        "Which of two factories wins?, Which of the factories wins?",
        "Is 404 retried?, Is a 404 retried?"
    })
    void contradicts_wordsThatOneLacks_isFalse(String first, String second) {
        assertThat(contradict(first, second)).isFalse();
        assertThat(contradict(second, first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Is 404 retried?, Is 500 retried?",
        "Is 404 retried?, Is it retried?",
        "What do two threads share?, What do three threads share?",
        "Is it run twice after 5 s?, Is it run after 6 s?",
        "Why is it deprecated since 3.2?, Why is it deprecated since 2.3?",
        "How is 2024-03-15 parsed?, How is 24-03-15 parsed?",
        "Is 2 the default of 2 pools?, Is 2 the default of pools?"
    })
    void contradicts_figuresThatOneLacksOrOtherWords_isTrue(String first, String second) {
        assertThat(contradict(first, second)).isTrue();
        assertThat(contradict(second, first)).isTrue();
    }
}
