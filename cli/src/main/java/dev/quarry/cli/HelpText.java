package dev.quarry.cli;

import java.util.List;

/** Writes what {@code --help} shows. */
final class HelpText {
    private static final int INDENT = 26;

    private HelpText() {}

    /** The help of {@code quarry} itself. */
    static String overview(List<CommandSpec> commands) {
        StringBuilder text = new StringBuilder();
        text.append("Quarry turns Java source into a code knowledge graph and answers from it.\n\n");
        text.append("Usage: quarry COMMAND [operands] [options]\n\nCommands:\n");
        for (CommandSpec command : commands) {
            String head = command.operands().isEmpty()
                    ? command.name()
                    : command.name() + " " + String.join(" ", command.operands());
            entry(text, head, command.summary());
        }
        entry(text, "help COMMAND", "show what a command takes");
        text.append("\nOptions of every command:\n");
        options(text, CommonOptions.all());
        text.append("\nOptions without a command:\n");
        entry(text, "--version", "show the version");
        entry(text, "--rebuild", "build this checkout's code again, then go on");
        text.append("\nA symbol is named as people do: StringUtils.isBlank, isBlank(CharSequence), a.b.C#m(int),\n");
        text.append("Outer.Inner, C.new for constructors, or File.java:12 for what is declared there.\n");
        text.append("\nThe command ends with:\n");
        for (ExitCode code : ExitCode.values()) {
            entry(text, String.valueOf(code.status()), code.meaning());
        }
        entry(
                text,
                String.valueOf(Interruption.TERMINATED),
                "ended by SIGTERM, 'quarry serve' and 'quarry index' in order");
        text.append("\nEnvironment:\n");
        entry(text, "QUARRY_JAVA_HOME", "the JDK 25 to use");
        entry(text, "QUARRY_JAVA_OPTS", "more options for the JVM, such as -Xmx4g");
        entry(text, "QUARRY_CACHE", "the cache directory; default: quarry in the user's caches");
        entry(text, "QUARRY_CONFIG", "the configuration file, in place of ~/.config/quarry/config.toml");
        entry(text, "QUARRY_DEBUG", "if set: stack traces and log lines");
        return text.toString();
    }

    /** The help of one command. */
    static String of(CommandSpec command) {
        StringBuilder text = new StringBuilder();
        text.append("Usage: ").append(command.synopsis()).append("\n\n");
        text.append(capitalized(command.summary())).append(".\n");
        if (!command.details().isEmpty()) {
            text.append('\n').append(command.details().strip()).append('\n');
        }
        text.append("\nOptions:\n");
        options(text, command.options());
        options(text, command.commonOptions());
        return text.toString();
    }

    private static void options(StringBuilder text, List<Option> options) {
        for (Option option : options) {
            entry(text, option.synopsis(), option.help());
        }
    }

    private static void entry(StringBuilder text, String head, String explanation) {
        text.append("  ").append(head);
        if (head.length() + 2 >= INDENT) {
            text.append('\n').repeat(' ', INDENT);
        } else {
            text.repeat(' ', INDENT - 2 - head.length());
        }
        text.append(explanation).append('\n');
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
