package dev.quarry.cli;

/** How a piece of text stands out on a terminal that has colours. */
enum Style {
    /** What is searched: a symbol, a heading. */
    BOLD("1"),
    /** What is secondary: counts, paths. */
    DIM("2"),
    /** A file and a line. */
    PLACE("36"),
    /** Success. */
    GOOD("32"),
    /** Something to look at. */
    WARNING("33"),
    /** A failure. */
    BAD("31");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text between the escape sequences that switch the style on and off. */
    String wrap(String text) {
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
