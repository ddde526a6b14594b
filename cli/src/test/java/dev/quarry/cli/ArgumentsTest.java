package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final Option DEPTH = Option.of("--depth", "N", "how deep");
    private static final Option FAST = Option.toggle("--fast", "hurry");
    private static final CommandSpec SPEC =
            new CommandSpec("visit", "visit a place", List.of("PLACE", "[GUIDE]"), List.of(DEPTH, FAST));

    @Test
    void parse_optionsAroundOperands_areReadInAnyOrder() {
        Arguments arguments = parse("--depth", "2", "Rome", "--fast", "Livia", "--json");
        assertThat(arguments.operands()).containsExactly("Rome", "Livia");
        assertThat(arguments.number(DEPTH, 1, 1, 9)).isEqualTo(2);
        assertThat(arguments.has(FAST)).isTrue();
        assertThat(arguments.has(CommonOptions.JSON)).isTrue();
    }

    @Test
    void parse_valueBehindEquals_isTheOptionsValue() {
        assertThat(parse("Rome", "--depth=7").number(DEPTH, 1, 1, 9)).isEqualTo(7);
        assertThat(parse("Rome", "--store=a=b").value(CommonOptions.STORE)).contains("a=b");
    }

    @Test
    void parse_emptyValue_isNone() {
        assertThatThrownBy(() -> parse("Rome", "--store="))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--store needs a value");
        assertThatThrownBy(() -> parse("Rome", "--depth", ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--depth needs a value");
    }

    @Test
    void parse_behindTwoDashes_everythingIsAnOperand() {
        assertThat(parse("--", "--fast", "-x").operands()).containsExactly("--fast", "-x");
    }

    @Test
    void parse_loneDash_isAnOperand() {
        assertThat(parse("-").operand(0)).isEqualTo("-");
    }

    @Test
    void parse_negativeNumberAsValue_isTaken() {
        assertThat(parse("Rome", "--depth", "-3").value(DEPTH)).contains("-3");
    }

    @Test
    void parse_unknownOption_suggestsTheNearest() {
        assertThatThrownBy(() -> parse("Rome", "--dept", "2"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("did you mean --depth?");
    }

    @Test
    void parse_optionWithoutItsValue_isRefused() {
        assertThatThrownBy(() -> parse("Rome", "--depth")).hasMessageContaining("--depth needs a value: --depth N");
    }

    @Test
    void parse_valueForASwitch_isRefused() {
        assertThatThrownBy(() -> parse("Rome", "--fast=yes")).hasMessageContaining("--fast takes no value");
    }

    @Test
    void parse_operandMissing_namesIt() {
        assertThatThrownBy(() -> parse())
                .hasMessageContaining("PLACE is missing: quarry visit PLACE [GUIDE] [options]");
    }

    @Test
    void parse_oneOperandTooMany_namesIt() {
        assertThatThrownBy(() -> parse("Rome", "Livia", "Nero")).hasMessageContaining("'Nero' is one operand too many");
    }

    @Test
    void parse_helpWithoutOperands_isEnough() {
        assertThat(parse("-h").has(CommonOptions.HELP)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "two", "99999999999"})
    void number_outsideOfTheRange_isRefused(String value) {
        Arguments arguments = parse("Rome", "--depth", value);
        assertThatThrownBy(() -> arguments.number(DEPTH, 1, 1, 9))
                .hasMessage("--depth takes a number from 1 to 9, but '" + value + "' was given");
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(SPEC, List.of(words));
    }
}
