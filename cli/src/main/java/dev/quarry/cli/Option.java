package dev.quarry.cli;

/**
 * An option of a command.
 *
 * @param name as it is written, with its dashes: {@code --depth}
 * @param value what its value is called in the help; empty for a switch
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

    /** Whether it stands alone. */
    boolean isToggle() {
        return value.isEmpty();
    }

    /** The option and what its value is called. */
    String synopsis() {
        return isToggle() ? name : name + " " + value;
    }
}
