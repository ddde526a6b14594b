package dev.quarry.cli;

import dev.quarry.ask.AskRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code quarry ask TEXT}: an answer by a language model that is given the code. */
final class AskCommand extends SourceCommand {
    private static final Option CONVERSATION =
            Option.of("--conversation", "ID", "go on with a conversation; a server keeps them while it runs");
    private static final Option TOKENS =
            Option.of("--context-tokens", "N", "the budget of the code that the model is given");
    private static final Option BACKEND = Option.of("--backend", "NAME", "ask this backend alone");
    private static final Option FRESH = Option.toggle("--fresh", "ask a model even where an answer of before would do");
    private static final int TOKENS_MIN = 200;
    private static final int TOKENS_MAX = 200_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "ask",
                "answer a question about the code with a language model",
                List.of("TEXT"),
                List.of(CONVERSATION, TOKENS, BACKEND, FRESH, ConfigCommand.CONFIG, CommonOptions.AT),
                """
                The model is given the code that fits the question, cites it by numbers, and the numbers are checked. Without
                a model that replies, the answer lists that code. 'quarry config' sets models up; a server asks its own.\
                """);
    }

    @Override
    boolean searches() {
        return true;
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        ConfigCommand.requireNamed(arguments, terminal);
        AskRequest request = new AskRequest(
                arguments.operand(0),
                arguments.value(CONVERSATION),
                arguments.value(TOKENS).isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(arguments.number(TOKENS, TOKENS_MIN, TOKENS_MIN, TOKENS_MAX)),
                arguments.value(BACKEND).stream().toList(),
                arguments.has(FRESH),
                Optional.empty());
        boolean json = arguments.has(CommonOptions.JSON);
        AskText written = new AskText(terminal, text);
        Answer.Tree answer = source.ask(request, () -> ConfigCommand.file(arguments, terminal), part -> {
            if (!json) {
                written.part(part);
            }
        });
        if (json) {
            terminal.line(AnswerJson.write(answer));
        } else {
            written.end(answer);
        }
        return ExitCode.OK;
    }
}
