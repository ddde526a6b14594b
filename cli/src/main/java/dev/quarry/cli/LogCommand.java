package dev.quarry.cli;

import java.util.List;

/** {@code quarry log SYMBOL}: when a symbol changed. */
final class LogCommand extends SourceCommand {
    private static final Option LIMIT = Option.of("--limit", "N", "how many states; default 100");
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "log", "show when a symbol, or what calls it, changed", List.of("SYMBOL"), List.of(LIMIT), """
                The newest state first: what changed of its content, declaration, documentation, place and callers.
                A symbol that is gone is found by its whole name. 'quarry index --history' takes old commits in.""");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        int limit = arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
        Answer.Tree answer = source.log(arguments.operand(0), limit);
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
        } else {
            new HistoryText(text).log(answer, limit);
        }
        return ExitCode.OK;
    }
}
