package dev.quarry.cli;

import java.util.List;

/** The options that every command takes. */
final class CommonOptions {
    static final Option STORE = Option.of(
            "--store", "DIR", "the store; default: .quarry in this directory or the nearest one above that has it");
    /** The same option of commands that make a store. */
    static final Option STORE_OF_DIR =
            Option.of("--store", "DIR", "the store; default: .quarry in the repository's root");

    static final Option JSON = Option.toggle("--json", "write one JSON document for programs");
    static final Option COLOR = Option.of("--color", "WHEN", "auto, always or never; NO_COLOR counts as never");
    static final Option HELP = Option.toggle("--help", "show this help");

    /** Of the commands that ask a store; not one that every command takes. */
    static final Option AT =
            Option.of("--at", "REV", "ask a former state: a commit, tag, branch, HEAD~N or ISO instant of the history");

    private CommonOptions() {}

    static List<Option> all() {
        return List.of(STORE, JSON, COLOR, HELP);
    }
}
