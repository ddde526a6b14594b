package dev.quarry.cli;

import java.util.List;

/** {@code quarry diff A [B]}: what differs between two states of the graph. */
final class DiffCommand extends SourceCommand {
    private static final Option LIMIT = Option.of("--limit", "N", "how many rows of each sort; default 1000");
    private static final int LIMIT_DEFAULT = 1_000;
    private static final int LIMIT_MAX = 1_000_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "diff",
                "show what differs between two states, and what of it breaks users",
                List.of("A", "[B]"),
                List.of(LIMIT),
                """
                A and B are commits, tags, branches, HEAD~N or ISO instants of the history; without B the difference is
                to what the store holds now. Moved lines are no difference. Breaking are changes of what is public or
                protected and in no test.""");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        if (arguments.operands().stream().anyMatch(String::isBlank)) {
            throw new UsageException("a state is empty: " + spec().synopsis());
        }
        int limit = arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
        Answer.Tree answer =
                source.diff(arguments.operand(0), arguments.optionalOperand(1).orElse(""), limit);
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
        } else {
            new HistoryText(text).diff(answer, limit);
        }
        return ExitCode.OK;
    }
}
