package dev.quarry.cli;

import java.util.List;

/** {@code quarry callers SYMBOL} and its siblings: what stands in one relationship to a symbol. */
final class RelationCommand extends SourceCommand {
    private static final Option DEPTH = Option.of("--depth", "N", "how many steps away; default 1");
    private static final Option LIMIT = Option.of("--limit", "N", "how many rows; default 100");
    private static final int DEPTH_MAX = 64;
    private static final int LIMIT_MAX = 1_000_000;
    private static final int LIMIT_DEFAULT = 100;

    private final Source.Relationship relationship;

    RelationCommand(Source.Relationship relationship) {
        super();
        this.relationship = relationship;
    }

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                relationship.command(),
                "show " + relationship.summary(),
                List.of("SYMBOL"),
                List.of(DEPTH, LIMIT, CommonOptions.AT));
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        int depth = arguments.number(DEPTH, 1, 1, DEPTH_MAX);
        int limit = arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
        Answer.Rows answer = source.related(relationship, arguments.operand(0), depth, limit);
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
        } else {
            text.rows(answer, relationship, depth, limit);
        }
        return ExitCode.OK;
    }
}
