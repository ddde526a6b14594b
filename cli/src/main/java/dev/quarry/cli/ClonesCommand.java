package dev.quarry.cli;

import dev.quarry.graphdb.CloneRequest;
import java.util.List;
import java.util.Optional;

/** {@code quarry clones [SYMBOL]}: code that is there more than once. */
final class ClonesCommand extends SourceCommand {
    private static final Option KIND = Option.of("--kind", "KIND", "exact, renamed or near; default: all");
    private static final Option MIN_LINES =
            Option.of("--min-lines", "N", "how many lines each member has; default " + CloneRequest.DEFAULT_LINES);
    private static final Option MIN_TOKENS =
            Option.of("--min-tokens", "N", "how many tokens each member has; default " + CloneRequest.DEFAULT_TOKENS);
    private static final Option LIMIT = Option.of("--limit", "N", "how many groups, or duplicates; default 20");
    private static final List<String> KINDS = List.of("exact", "renamed", "near");
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "clones",
                "show types and methods that are there more than once",
                List.of("[SYMBOL]"),
                List.of(KIND, MIN_LINES, MIN_TOKENS, LIMIT, CommonOptions.AT),
                """
                Without SYMBOL the groups of the repository, the largest saving of lines first; with it what is like the
                symbol, whatever its size. Exact ones differ in layout and comments, renamed ones in names and literals,
                near ones share at least 0.8 of their runs of three tokens.""");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        CloneQuery query = query(arguments);
        Optional<String> symbol = arguments.optionalOperand(0);
        boolean json = arguments.has(CommonOptions.JSON);
        CloneText clones = new CloneText(text);
        if (symbol.isPresent()) {
            Answer.Clones answer = source.clonesOf(symbol.get(), query.limit());
            if (json) {
                terminal.line(AnswerJson.write(answer));
            } else {
                clones.duplicates(answer, query.limit());
            }
        } else {
            Answer.CloneGroups answer = source.clones(query);
            if (json) {
                terminal.line(AnswerJson.write(answer));
            } else {
                clones.groups(answer, query.limit());
            }
        }
        return ExitCode.OK;
    }

    private static CloneQuery query(Arguments arguments) {
        Optional<String> kind = arguments.value(KIND);
        if (kind.isPresent() && !KINDS.contains(kind.get())) {
            throw new UsageException("--kind takes exact, renamed or near, but '" + kind.get() + "' was given");
        }
        return new CloneQuery(
                kind,
                arguments.number(MIN_LINES, CloneRequest.DEFAULT_LINES, 1, LIMIT_MAX),
                arguments.number(MIN_TOKENS, CloneRequest.DEFAULT_TOKENS, CloneRequest.FEWEST_TOKENS, LIMIT_MAX),
                arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX));
    }
}
