package dev.quarry.cli;

import dev.quarry.rag.RepositoryMapper;
import java.util.List;

/** {@code quarry map}: an overview of the repository under a budget of tokens. */
final class MapCommand extends SourceCommand {
    private static final Option TOKENS = Option.of("--tokens", "N", "the most tokens it may have; default 2000");
    private static final int TOKENS_DEFAULT = 2_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "map",
                "show the declarations that the code leans on most",
                List.of(),
                List.of(TOKENS, CommonOptions.AT),
                "Ranked by what calls, uses, extends and implements what, and written file by file. Tests are left"
                        + " out.");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        Answer.Tree answer = source.map(
                arguments.number(TOKENS, TOKENS_DEFAULT, RepositoryMapper.BUDGET_MIN, RepositoryMapper.BUDGET_MAX));
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
            return ExitCode.OK;
        }
        JsonObject reply = new JsonObject(answer.members());
        terminal.out().print(reply.text("markdown"));
        text.note(reply.number("shown") + " of " + ReportText.grouped(reply.number("declarations")) + " declarations, "
                + reply.number("tokens") + " of " + reply.number("budget") + " tokens");
        text.noteStanding(answer.standing());
        return ExitCode.OK;
    }
}
