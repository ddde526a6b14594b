package dev.quarry.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command writes: answers to {@code out}, everything else to {@code err}. Not safe for use by several threads
 * except where a method says so.
 *
 * @param out takes the answer
 * @param err takes progress and errors
 * @param colorOut whether the answer may be coloured
 * @param colorErr whether the rest may be coloured
 * @param live whether a line of {@code err} may be written over
 * @param columns how wide a line may be
 * @param directory the working directory, absolute
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean colorOut,
        boolean colorErr,
        boolean live,
        int columns,
        Path directory) {
    private static final int COLUMNS_DEFAULT = 100;
    private static final int COLUMNS_MIN = 40;

    /** Where the process writes; the launcher says which of the two is a terminal. */
    static Terminal of(PrintStream out, PrintStream err, String terminals, Map<String, String> environment) {
        boolean colors = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        boolean outTerminal = terminals.contains("out");
        boolean errTerminal = terminals.contains("err");
        return new Terminal(
                out,
                err,
                colors && outTerminal,
                colors && errTerminal,
                errTerminal && !environment.getOrDefault("TERM", "").equals("dumb"),
                columns(environment.getOrDefault("COLUMNS", "")),
                Path.of("").toAbsolutePath());
    }

    /** The same with the colours that {@code --color} asks for. */
    Terminal withColor(String when) {
        return switch (when) {
            case "auto" -> this;
            case "always" -> new Terminal(out, err, true, true, live, columns, directory);
            case "never" -> new Terminal(out, err, false, false, live, columns, directory);
            default -> throw new UsageException("--color takes auto, always or never, but '" + when + "' was given");
        };
    }

    /** The text for the answer, styled if the answer may be. */
    String styled(Style style, String text) {
        return colorOut ? style.wrap(text) : text;
    }

    /** Writes a line of the answer. */
    void line(String text) {
        out.print(text);
        out.print('\n');
    }

    /** Writes a line that is not part of the answer. */
    void note(String text) {
        err.print(text);
        err.print('\n');
    }

    /** Writes an error: one line for what is wrong and the remedy. */
    void error(String message) {
        note((colorErr ? Style.BAD.wrap("quarry:") : "quarry:") + " " + message);
    }

    /** A path as the user would write it from here: relative where that does not climb more than two levels. */
    String shown(Path path) {
        Path absolute = directory.resolve(path).normalize();
        Path relative = directory.relativize(absolute);
        if (relative.toString().isEmpty()) {
            return ".";
        }
        return relative.startsWith(Path.of("..", "..", "..")) ? absolute.toString() : relative.toString();
    }

    private static int columns(String text) {
        try {
            return Math.max(COLUMNS_MIN, Integer.parseInt(text));
        } catch (NumberFormatException unset) {
            return COLUMNS_DEFAULT;
        }
    }
}
