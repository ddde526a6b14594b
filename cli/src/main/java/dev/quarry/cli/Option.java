package dev.quarry.cli;

/**
 * An option of a command.
 *
 * @param name as it is written, with its dashes: {@code --depth}
 * @param value what its value is called in the help, in brackets if it may be left out; empty for a switch
 * @param help what it does, in one line
 * @param takesAnyWord whether the next word is its value although that may be left out
 */
record Option(String name, String value, String help, boolean takesAnyWord) {
    /** An option that stands alone. */
    static Option toggle(String name, String help) {
        return new Option(name, "", help, false);
    }

    /** An option followed by a value. */
    static Option of(String name, String value, String help) {
        return new Option(name, value, help, false);
    }

    /** An option that may stand alone or take a value, by {@code =} or as the next word if that can only be a range. */
    static Option optional(String name, String value, String help) {
        return new Option(name, "[" + value + "]", help, false);
    }

    /** The same where no operand may stand beside it: the next word is its value unless it is an option. */
    static Option insteadOfOperand(String name, String value, String help) {
        return new Option(name, "[" + value + "]", help, true);
    }

    /** Whether its value may be left out. */
    boolean isOptional() {
        return value.startsWith("[");
    }

    /** Whether it stands alone. */
    boolean isToggle() {
        return value.isEmpty();
    }

    /** The option and what its value is called. */
    String synopsis() {
        return isToggle() ? name : name + " " + value;
    }
}
