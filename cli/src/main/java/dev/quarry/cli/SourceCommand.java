package dev.quarry.cli;

import java.nio.file.Path;

/** A command that asks one question. */
abstract class SourceCommand implements Command {
    @Override
    public final ExitCode run(Arguments arguments, Terminal terminal) {
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        return Stores.ask(
                store,
                terminal,
                arguments.value(CommonOptions.AT),
                searches(),
                source -> ask(source, arguments, terminal, new AnswerText(terminal, source)));
    }

    /** Whether it asks for words, so that a former state needs its serving index. */
    boolean searches() {
        return false;
    }

    /** Asks, and writes the answer as {@code --json} says. */
    abstract ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text);
}
