package dev.quarry.cli;

import java.nio.file.Path;

/** A command that asks one question. */
abstract class SourceCommand implements Command {
    @Override
    public final ExitCode run(Arguments arguments, Terminal terminal) {
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        Places places = Stores.places(store, terminal);
        try (Source source = Stores.source(store, places)) {
            return ask(source, arguments, terminal, new AnswerText(terminal, places));
        }
    }

    /** Asks, and writes the answer as {@code --json} says. */
    abstract ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text);
}
