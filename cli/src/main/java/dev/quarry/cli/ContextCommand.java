package dev.quarry.cli;

import dev.quarry.rag.ContextRequest;
import java.util.List;

/** {@code quarry context TEXT}: the code that answers a question, packed for a model. */
final class ContextCommand extends SourceCommand {
    private static final Option TOKENS = Option.of("--tokens", "N", "the most tokens it may have; default 4000");
    private static final Option MODEL =
            Option.of("--model", "NAME", "the model that is to read it, by which tokens are counted");
    private static final int TOKENS_DEFAULT = 4_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "context",
                "pack the code that answers a question under a budget of tokens",
                List.of("TEXT"),
                FilterOptions.behind(TOKENS, MODEL, CommonOptions.AT),
                "Writes Markdown: each piece with its file, its lines and the hash of its content; the best with their source.");
    }

    @Override
    boolean searches() {
        return true;
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        boolean json = arguments.has(CommonOptions.JSON);
        Answer.Packed answer = source.context(
                arguments.operand(0),
                arguments.number(TOKENS, TOKENS_DEFAULT, ContextRequest.BUDGET_MIN, ContextRequest.BUDGET_MAX),
                !json,
                FilterOptions.of(arguments, source),
                arguments.value(MODEL).orElse(""));
        if (json) {
            terminal.line(AnswerJson.write(answer));
        } else {
            text.packed(answer);
        }
        return ExitCode.OK;
    }
}
