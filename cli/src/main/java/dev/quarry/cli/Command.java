package dev.quarry.cli;

/** One of the things that {@code quarry} can do. */
interface Command {
    /** What it is called and what it takes. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @throws dev.quarry.schema.QuarryException if it fails for a reason that the user can do something about
     */
    ExitCode run(Arguments arguments, Terminal terminal);
}
