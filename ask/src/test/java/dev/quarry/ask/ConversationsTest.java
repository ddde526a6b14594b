package dev.quarry.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationsTest {
    @Test
    void history_longerThanItsLimits_keepsTheLast() {
        Conversations conversations = new Conversations(3, 20);
        conversations.begin("a");
        for (int i = 1; i <= 5; i++) {
            conversations.add("a", new Turn("q" + i, "answer" + i));
        }
        assertThat(conversations.history("a")).extracting(Turn::question).containsExactly("q4", "q5");
    }

    @Test
    void history_ofTooManyConversations_forgetsThoseThatRestLongest() {
        Conversations conversations = new Conversations(3, 100);
        conversations.begin("used");
        conversations.begin("unused");
        for (int i = 0; i < 255; i++) {
            assertThat(conversations.history("used")).isEmpty();
            conversations.begin("c" + i);
        }
        assertThat(conversations.history("used")).isEmpty();
        assertThatThrownBy(() -> conversations.history("unused")).hasMessageContaining("unused");
    }

    @Test
    void query_ofAQuestionThatRefers_hasTheOneBefore() {
        List<Turn> history = List.of(new Turn("How does the parser read dates?", "…"));
        assertThat(FollowUp.query("And its tests?", history)).contains("parser");
        assertThat(FollowUp.query("Which classes implement the interface Reader of the network layer?", history))
                .doesNotContain("dates");
        assertThat(FollowUp.query("And its tests?", List.of())).isEqualTo("And its tests?");
    }
}
