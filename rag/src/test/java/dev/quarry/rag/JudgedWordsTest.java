package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgedWordsTest {
    private final List<String> read = new ArrayList<>();

    private JudgedWords judged(double keptFirst, double askedFirst) {
        return new JudgedWords((one, other) -> {
            read.add(one + other);
            return OptionalDouble.of(one.equals("kept") ? keptFirst : askedFirst);
        });
    }

    @Test
    void isSame_needsToBeSureInBothOrders() {
        assertThat(judged(3, 2.5).isSame("kept", "asked")).isTrue();
        assertThat(judged(9, 1).isSame("kept", "asked")).isFalse();
        assertThat(judged(1, 9).isSame("kept", "asked")).isFalse();
    }

    @Test
    void isSame_notSureInTheFirstOrder_readsNoSecond() {
        judged(1, 9).isSame("kept", "asked");
        assertThat(read).containsExactly("keptasked");
    }

    @Test
    void isOther_onlyWhereItSaysSo() {
        assertThat(judged(-2, 9).isOther("kept", "asked")).isTrue();
        assertThat(judged(0, -9).isOther("kept", "asked")).isFalse();
    }

    @Test
    void aJudgeThatCannotTell_neitherServesNorRefuses() {
        JudgedWords none = new JudgedWords(QuestionJudge.NONE);
        assertThat(none.isSame("kept", "asked")).isFalse();
        assertThat(none.isOther("kept", "asked")).isFalse();
    }
}
