package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExclusionsTest {
    @ParameterizedTest
    @CsvSource({
        "Does it fail with fewer than 7 entries?, Is there a problem beyond 7 entries?, true",
        "Does it fail with more than 7 entries?, Is there a problem beyond 7 entries?, false",
        "Why does it wait for 30 seconds?, What is the timeout of 30 minutes for?, true",
        "Why does it wait for 30 seconds?, What is the timeout of 30 s for?, false",
        "Which type is produced?, What does it consume?, true",
        "Is it changed between the versions?, What stayed as it was?, true",
        "Does it copy a request to a response?, What becomes of the response?, false",
        "Is the first closed?, Is the pool closed?, false",
        "Why do the tests break?, Why do the tests pass?, true",
        "How do the two differ?, What is the same in the two?, true",
        "Is optimistic locking used?, Is pessimistic locking used?, true",
        "Is the text parsed?, Is the text formatted?, true",
        "Is the text parsed?, Is the text read?, false",
        "How is a text put into the cache?, How do I get a text from the cache?, true",
        "Why is the lock taken?, Why is the lock set?, true",
        "How do I get the text that was put there?, How do I put a text there?, false"
    })
    void contradict_wordsInEachOthersPlace_doUnlessBothAreSaid(String first, String second, boolean expected) {
        Set<String> one = QuestionGate.of(first).words();
        Set<String> other = QuestionGate.of(second).words();
        assertThat(new Exclusions(one).contradicts(other)).isEqualTo(expected);
        assertThat(new Exclusions(other).contradicts(one)).isEqualTo(expected);
    }
}
