package dev.quarry.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Arguments GIVEN = new Arguments(Map.of(
            "text", " a ", "blank", " ", "number", 3, "half", 1.5, "flag", true, "list", List.of("a", "b"), "odd", 1L));

    @Test
    void values_thatAreThere_areRead() {
        assertThat(GIVEN.text("text")).isEqualTo("a");
        assertThat(GIVEN.optional("blank")).isEmpty();
        assertThat(GIVEN.optional("none")).isEmpty();
        assertThat(GIVEN.number("number", 1, 9)).isEqualTo(3);
        assertThat(GIVEN.number("odd", 1, 9)).isEqualTo(1);
        assertThat(GIVEN.number("none", 5, 9)).isEqualTo(5);
        assertThat(GIVEN.flag("flag", false)).isTrue();
        assertThat(GIVEN.flag("none", true)).isTrue();
        assertThat(GIVEN.texts("list")).containsExactly("a", "b");
        assertThat(GIVEN.texts("text")).containsExactly(" a ");
        assertThat(GIVEN.texts("none")).isEmpty();
    }

    @Test
    void values_thatAreWrong_areNamed() {
        for (Runnable wrong : List.<Runnable>of(
                () -> GIVEN.text("blank"),
                () -> GIVEN.optional("number"),
                () -> GIVEN.number("half", 1, 9),
                () -> GIVEN.number("number", 1, 2),
                () -> GIVEN.flag("text", true),
                () -> GIVEN.texts("number"))) {
            assertThatThrownBy(wrong::run).isInstanceOf(QuarryException.class).hasMessageContaining("'");
        }
    }
}
