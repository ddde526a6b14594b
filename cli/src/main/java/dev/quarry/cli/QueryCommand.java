package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code quarry query SCRIPT}: a read-only CozoScript. */
final class QueryCommand extends SourceCommand {
    private static final Option LIMIT = Option.of("--limit", "N", "how many rows; default 1000");
    private static final int LIMIT_DEFAULT = 1_000;
    private static final int LIMIT_MAX = 1_000_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "query",
                "run a read-only CozoScript over the graph's relations",
                List.of("SCRIPT"),
                List.of(LIMIT, CommonOptions.AT),
                """
                SCRIPT is the script itself, or - to read it from standard input. For example:
                  quarry query '?[kind, count(id)] := *node{id, kind}'""");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        String operand = arguments.operand(0);
        int limit = arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
        Answer.Table answer = source.query(operand.equals("-") ? standardInput() : operand, limit);
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
        } else {
            text.table(answer, limit);
        }
        return ExitCode.OK;
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the script could not be read from standard input (" + failure.getMessage()
                            + "): give it as an operand",
                    failure);
        }
    }
}
