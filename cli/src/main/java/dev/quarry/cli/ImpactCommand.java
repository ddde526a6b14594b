package dev.quarry.cli;

import java.util.List;
import java.util.Optional;

/** {@code quarry impact SYMBOL} or {@code quarry impact --diff}: what a change may reach. */
final class ImpactCommand extends SourceCommand {
    private static final Option DIFF = Option.insteadOfOperand(
            "--diff", "A..B", "what the files changed since HEAD or A, or between A and B, instead of a SYMBOL");
    private static final Option DEPTH = Option.of("--depth", "N", "how many steps away; default 3");
    private static final Option LIMIT = Option.of("--limit", "N", "how many rows; default 100");
    private static final String RANGE = "..";
    private static final int DEPTH_DEFAULT = 3;
    private static final int DEPTH_MAX = 64;
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1_000_000;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                Source.Relationship.IMPACT.command(),
                "show " + Source.Relationship.IMPACT.summary(),
                List.of("[SYMBOL]"),
                List.of(DIFF, DEPTH, LIMIT, CommonOptions.AT),
                """
                Of a file or a package, what a change of anything in it may reach elsewhere.

                With --diff: what the indexed files changed since the commit that is checked out, what these changes reach,
                and the tests that cover it. With --diff A..B the same for two commits of the history, with --diff A from
                a commit to what the store holds now.""");
    }

    @Override
    ExitCode ask(Source source, Arguments arguments, Terminal terminal, AnswerText text) {
        boolean json = arguments.has(CommonOptions.JSON);
        int depth = arguments.number(DEPTH, DEPTH_DEFAULT, 1, DEPTH_MAX);
        int limit = arguments.number(LIMIT, LIMIT_DEFAULT, 1, LIMIT_MAX);
        Optional<String> symbol = arguments.optionalOperand(0);
        Optional<String> range = arguments.value(DIFF);
        if (symbol.isPresent() && range.isPresent()) {
            throw new UsageException(
                    "both '" + symbol.get() + "' and --diff were given: leave the SYMBOL or --diff out, or"
                            + " name the states behind it as --diff A..B");
        }
        if (symbol.isEmpty() && range.isEmpty()) {
            throw new UsageException("give a SYMBOL or --diff: " + spec().synopsis());
        }
        if (symbol.isPresent()) {
            Answer.Rows answer = source.related(Source.Relationship.IMPACT, symbol.get(), depth, limit);
            if (json) {
                terminal.line(AnswerJson.write(answer));
            } else {
                text.rows(answer, Source.Relationship.IMPACT, depth, limit);
            }
            return ExitCode.OK;
        }
        if (arguments.value(CommonOptions.AT).isPresent()) {
            throw new UsageException("--diff names its states itself: leave --at out, or write --diff A..B");
        }
        Answer.Tree answer = diff(source, range.orElse(""), depth, limit);
        if (json) {
            terminal.line(AnswerJson.write(answer));
        } else {
            new HistoryText(text).impact(answer, limit);
        }
        return ExitCode.OK;
    }

    private static Answer.Tree diff(Source source, String range, int depth, int limit) {
        if (range.contains("...")) {
            throw new UsageException("'" + range + "' has three dots, which is not understood: write --diff A..B");
        }
        int dots = range.indexOf(RANGE);
        String from = dots < 0 ? range : range.substring(0, dots);
        String to = dots < 0 ? "" : range.substring(dots + RANGE.length());
        return source.diffImpact(from.isEmpty() ? "HEAD" : from, to, depth, limit);
    }
}
