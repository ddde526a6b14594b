package dev.quarry.cli;

import dev.quarry.rag.SearchRequest;
import java.util.List;

/** {@code quarry search TEXT}: code that fits a question, a phrase or a name. */
final class SearchCommand extends SourceCommand {
    private static final Option LIMIT =
            Option.of("--limit", "N", "how many hits, at most " + SearchRequest.LIMIT_MAX + "; default 10");
    private static final int LIMIT_DEFAULT = 10;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "search",
                "find code by a question, a phrase or a name",
                List.of("TEXT"),
                FilterOptions.behind(LIMIT, CommonOptions.AT),
                "Text, meaning and the graph are searched and their scores summed; --json gives what each adds to a"
                        + " hit.");
    }

    @Override
    boolean searches() {
        return true;
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        Answer.Hits answer = source.search(
                arguments.operand(0),
                arguments.number(LIMIT, LIMIT_DEFAULT, 1, SearchRequest.LIMIT_MAX),
                FilterOptions.of(arguments, source));
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(AnswerJson.write(answer));
        } else {
            text.hits(answer);
        }
        return ExitCode.OK;
    }
}
