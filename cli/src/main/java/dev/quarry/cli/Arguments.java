package dev.quarry.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was written behind a command's name.
 *
 * <p>Options may stand before, between and behind operands, as {@code --depth 2} or {@code --depth=2}; behind {@code --}
 * everything is an operand. The library that is usual for this costs more start-up time than a whole answer may take.
 */
final class Arguments {
    /** What can follow an option whose value may be left out: {@code A..B}, which is no path. */
    private static final Pattern RANGE = Pattern.compile("[^-/.].*\\.\\.[^/.].*");

    private final CommandSpec spec;
    private final Map<String, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * Reads the words behind the command's name.
     *
     * @throws UsageException if an option is unknown or lacks its value, or operands are missing or too many; not thrown
     *     for operands where {@code --help} was asked
     */
    static Arguments parse(CommandSpec spec, List<String> words) {
        Arguments arguments = new Arguments(spec);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                arguments.operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (word.equals("-h")) {
                arguments.values.put(CommonOptions.HELP.name(), "");
            } else if (word.startsWith("--")) {
                i += arguments.readOption(
                        word, i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty());
            } else if (word.startsWith("-") && word.length() > 1) {
                throw arguments.unknownOption(word);
            } else {
                arguments.operands.add(word);
            }
        }
        arguments.checkOperands();
        return arguments;
    }

    /** Whether this option was given. */
    boolean has(Option option) {
        return values.containsKey(option.name());
    }

    /** This option's value. */
    Optional<String> value(Option option) {
        return Optional.ofNullable(values.get(option.name()));
    }

    /**
     * This option's value as a number.
     *
     * @throws UsageException if it is no number between these two
     */
    int number(Option option, int fallback, int min, int max) {
        String text = values.get(option.name());
        if (text == null) {
            return fallback;
        }
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            number = Integer.MIN_VALUE;
        }
        if (number < min || number > max) {
            throw new UsageException(
                    option.name() + " takes a number from " + min + " to " + max + ", but '" + text + "' was given");
        }
        return number;
    }

    /** The operands, in the order in which they were written. */
    List<String> operands() {
        return List.copyOf(operands);
    }

    /** The operand at this place; there must be one. */
    String operand(int index) {
        return operands.get(index);
    }

    /** The operand at this place, if it was given. */
    Optional<String> optionalOperand(int index) {
        return index < operands.size() ? Optional.of(operands.get(index)) : Optional.empty();
    }

    /** Reads one option; gives how many words beyond the first it took. */
    private int readOption(String word, Optional<String> next) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = spec.option(name).orElseThrow(() -> unknownOption(name));
        if (option.isToggle()) {
            if (equals >= 0) {
                throw new UsageException(name + " takes no value");
            }
            values.put(name, "");
            return 0;
        }
        if (equals >= 0) {
            put(option, word.substring(equals + 1));
            return 0;
        }
        if (option.isOptional()) {
            Optional<String> own = next.filter(value -> option.takesAnyWord()
                    ? !value.startsWith("-")
                    : RANGE.matcher(value).matches());
            values.put(name, own.orElse(""));
            return own.isPresent() ? 1 : 0;
        }
        put(option, next.orElse(""));
        return 1;
    }

    /** An empty value, as of a variable that is not set, is none: it must not ask something else. */
    private void put(Option option, String value) {
        if (value.isBlank() && !option.isOptional()) {
            throw new UsageException(option.name() + " needs a value: " + option.synopsis());
        }
        values.put(option.name(), value);
    }

    private UsageException unknownOption(String name) {
        List<String> known = new ArrayList<>();
        spec.options().forEach(option -> known.add(option.name()));
        CommonOptions.all().forEach(option -> known.add(option.name()));
        return new UsageException("'" + spec.name() + "' has no option " + name
                + Suggestions.near(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }

    private void checkOperands() {
        if (values.containsKey(CommonOptions.HELP.name())) {
            return;
        }
        if (operands.size() < spec.operandsMin()) {
            throw new UsageException(spec.operands().get(operands.size()) + " is missing: " + spec.synopsis());
        }
        if (operands.size() > spec.operands().size()) {
            throw new UsageException(
                    "'" + operands.get(spec.operands().size()) + "' is one operand too many: " + spec.synopsis());
        }
    }
}
