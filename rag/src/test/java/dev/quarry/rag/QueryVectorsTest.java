package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryVectorsTest {
    private final List<String> embedded = new ArrayList<>();
    private final QueryVectors vectors = new QueryVectors();

    private float[] vector(String model, String text) {
        return vectors.of(model, text, question -> {
            embedded.add(question);
            return new float[] {question.length()};
        });
    }

    @Test
    void of_sameQuestion_isEmbeddedOnceForEachModel() {
        assertThat(vector("a", "How?")).isSameAs(vector("a", "  How?\n")).containsExactly(4);
        assertThat(vector("b", "How?")).isNotSameAs(vector("a", "How?"));
        assertThat(embedded).containsExactly("How?", "How?");
    }

    @Test
    void of_moreQuestionsThanFit_forgetsTheOneThatWasWantedLeastRecently() {
        for (int i = 0; i < 1_000; i++) {
            vector("a", "How?");
            vector("a", "Why " + i + "?");
        }
        assertThat(embedded).hasSize(1_001);
        vector("a", "Why 0?");
        assertThat(embedded).hasSize(1_002);
    }

    @Test
    void of_questionThatFails_isTriedAgain() {
        assertThatThrownBy(() -> vectors.of("a", "How?", _ -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");
        assertThat(vector("a", "How?")).containsExactly(4);
    }
}
