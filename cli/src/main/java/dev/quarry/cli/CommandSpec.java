package dev.quarry.cli;

import java.util.List;
import java.util.Optional;

/**
 * What a command is called and what it takes.
 *
 * @param name the word behind {@code quarry}
 * @param summary what it does, in one line
 * @param operands what its operands are called, in order; one in brackets may be left out
 * @param options the options that it takes beside those that every command takes
 * @param details more lines for its help; may be empty
 */
record CommandSpec(String name, String summary, List<String> operands, List<Option> options, String details) {
    /** Copies the lists. */
    CommandSpec {
        operands = List.copyOf(operands);
        options = List.copyOf(options);
    }

    /** A command whose options explain it. */
    CommandSpec(String name, String summary, List<String> operands, List<Option> options) {
        this(name, summary, operands, options, "");
    }

    /** The options that every command takes, but for those of which it has its own. */
    List<Option> commonOptions() {
        return CommonOptions.all().stream()
                .filter(common -> options.stream().noneMatch(own -> own.name().equals(common.name())))
                .toList();
    }

    /** The option of this name, its own or a common one. */
    Optional<Option> option(String wanted) {
        for (Option option : options) {
            if (option.name().equals(wanted)) {
                return Optional.of(option);
            }
        }
        return CommonOptions.all().stream()
                .filter(option -> option.name().equals(wanted))
                .findFirst();
    }

    /** How many operands there must be. */
    int operandsMin() {
        return (int)
                operands.stream().filter(operand -> !operand.startsWith("[")).count();
    }

    /** The line that shows how it is written. */
    String synopsis() {
        return "quarry " + name + (operands.isEmpty() ? "" : " " + String.join(" ", operands)) + " [options]";
    }
}
