package dev.quarry.cli;

import java.util.List;

/** {@code quarry path FROM TO}: a shortest way of calls. */
final class PathCommand extends SourceCommand {
    private static final Option DEPTH = Option.of("--depth", "N", "how many steps the way may have; default 12");
    private static final int DEPTH_DEFAULT = 12;
    private static final int DEPTH_MAX = 64;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "path",
                "show a shortest way of calls from one symbol to another",
                List.of("FROM", "TO"),
                List.of(DEPTH, CommonOptions.AT),
                "Ends with 3 if there is no way within the depth.");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        Answer.Way answer = source.path(
                arguments.operand(0), arguments.operand(1), arguments.number(DEPTH, DEPTH_DEFAULT, 1, DEPTH_MAX));
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
        } else {
            text.way(answer);
        }
        return answer.found() ? ExitCode.OK : ExitCode.NOT_FOUND;
    }
}
