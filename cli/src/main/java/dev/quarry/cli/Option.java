package dev.quarry.cli;

/**
 * An option of a command.
 *
 * @param name as it is written, with its dashes: {@code --depth}
 * @param value what its value is called in the help, in brackets if it may be left out; empty for a switch
 * @param help what it does, in one line
 */
record Option(String name, String value, String help) {
    /** An option that stands alone. */
    static Option toggle(String name, String help) {
        return new Option(name, "", help);
    }

    /** An option followed by a value. */
    static Option of(String name, String value, String help) {
        return new Option(name, value, help);
    }

    /** An option that may stand alone or take a value, by {@code =} or as the next word if that can be one. */
    static Option optional(String name, String value, String help) {
        return new Option(name, "[" + value + "]", help);
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
