package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BareNamesTest {
    @ParameterizedTest
    @CsvSource({
        "What does put return?, put",
        "Which exception does get throw?, get",
        "Who calls take?, take",
        "What tests cover put?, put",
        "How do I use get in a loop?, get",
        "Is put thread-safe?, put",
        "What happens when get is called twice?, get",
        "Where is count defined?, count",
        "How does the put method work?, put"
    })
    void names_verbsWhereNoVerbStands_areNames(String question, String name) {
        assertThat(QuestionGate.of(question).names()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How do I put a value into the cache?",
                "How does it get the lock?",
                "List methods that close the file",
                "What is put into the cache?",
                "Why does it take so long to get started?",
                "Does support for records exist?",
                "How long does a lookup take?"
            })
    void names_verbs_areNone(String question) {
        assertThat(QuestionGate.of(question).names()).isEmpty();
    }
}
