package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontedClauseTest {
    @ParameterizedTest
    @CsvSource({
        "'In Cache.put, what throws entries out?', What throws entries out in Cache.put?",
        "'If the text is malformed, what does readValue throw?', what does readValue throw if the text is malformed?",
        "'With Jackson, how can a LocalDate be written', how can a LocalDate be written with Jackson",
        "'After calling flush, who closes it, and when?', 'who closes it, and when after calling flush?'"
    })
    void behind_aClauseBeforeAQuestion_putsTheQuestionFirst(String fronted, String expected) {
        assertThat(FrontedClause.behind(fronted)).isEqualToIgnoringCase(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What does m do?",
                "In which class, and where, is m?",
                "In the cache, entries are thrown out.",
                "If it fails, the log says so, why?",
                "",
                "in, how"
            })
    void behind_anythingElse_isTheSame(String question) {
        assertThat(FrontedClause.behind(question)).isEqualTo(question);
    }

    @Test
    void of_aQuestionWithAClauseInFront_hasTheKindOfWhatIsAsked() {
        assertThat(QuestionGate.of("In the module core, which classes implement Cache?")
                        .kind())
                .isEqualTo(QuestionKind.LIST);
        assertThat(QuestionGate.of("In StringUtils, why is the first letter kept?")
                        .kind())
                .isEqualTo(QuestionKind.REASON);
    }

    @Test
    void of_aQuestionAboutWhatHoldsUnlessSetOtherwise_isNotNegated() {
        assertThat(QuestionGate.of("If I don't configure it, how large is the pool?")
                        .isNegated())
                .isFalse();
        assertThat(QuestionGate.of("Does it follow links unless configured otherwise?")
                        .isNegated())
                .isFalse();
        assertThat(QuestionGate.of("What happens if I don't set a timeout?").isNegated())
                .isTrue();
        assertThat(QuestionGate.of("What happens if it is not set?").isNegated())
                .isTrue();
        assertThat(QuestionGate.of("How can it be kept from running?").isNegated())
                .isEqualTo(QuestionGate.of("How does it not run?").isNegated());
        assertThat(QuestionGate.of("What happens unless I set it?").isNegated()).isTrue();
    }
}
