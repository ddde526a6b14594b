package dev.quarry.cli;

import dev.quarry.graphdb.Findings;
import dev.quarry.graphdb.StoreCheck;
import dev.quarry.server.StoreVerification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code quarry verify}: recomputes what follows from what is stored, and says what does not hold. */
final class VerifyCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "verify", "check a store: hashes, digests, and how its parts fit", List.of(), List.of(), """
                Reads every stored text again and compares hashes and places of declarations, the digests of files, the
                ends of edges, versions, vectors and the serving index; goes back through the history. Ends with 4 if
                something does not hold. A store that a server holds is refused: end the server, or verify a restored
                backup.""");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        Stores.refuseServed(store);
        StoreVerification.Result result = StoreVerification.of(store);
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(tree(result)));
        } else {
            write(result, store, terminal);
        }
        return result.findings().violations() == 0 ? ExitCode.OK : ExitCode.STORE;
    }

    private static void write(StoreVerification.Result result, Path store, Terminal terminal) {
        result.findings().tallies().forEach((check, tally) -> write(check, tally, terminal));
        if (!result.complete()) {
            terminal.line("The last index run did not end: what files owe each other, and the serving index, were not"
                    + " checked. Run 'quarry index' again.");
        } else if (!result.current() && result.findings().violations() == 0) {
            terminal.line("The serving index is behind the store: the next 'quarry index' brings it up.");
        }
        long violations = result.findings().violations();
        terminal.line(
                violations == 0
                        ? store + " is sound at commit " + result.sequence()
                        : store + " has " + AnswerText.count((int) Math.min(violations, Integer.MAX_VALUE), "violation")
                                + " at commit " + result.sequence());
    }

    private static void write(StoreCheck check, Findings.Tally tally, Terminal terminal) {
        boolean holds = tally.violations() == 0;
        String state = String.format(Locale.ROOT, "%-8s", holds ? "ok" : "wrong");
        terminal.line(terminal.styled(holds ? Style.GOOD : Style.BAD, state)
                + String.format(Locale.ROOT, "%-19s", check.title())
                + ReportText.grouped(tally.checked()) + " checked"
                + (tally.passedOver() == 0 ? "" : ", " + ReportText.grouped(tally.passedOver()) + " cannot be told")
                + (holds ? "" : ", " + ReportText.grouped(tally.violations()) + " wrong"));
        for (Findings.Violation violation : tally.kept()) {
            terminal.line(" ".repeat(8) + violation.subject() + " " + violation.problem());
        }
        long more = tally.violations() - tally.kept().size();
        if (more > 0) {
            terminal.line(" ".repeat(8) + "and " + ReportText.grouped(more) + " more");
        }
        if (!holds) {
            terminal.line(" ".repeat(8) + terminal.styled(Style.BOLD, check.remedy()));
        }
    }

    private static Object tree(StoreVerification.Result result) {
        List<Object> checks = new ArrayList<>();
        for (Map.Entry<StoreCheck, Findings.Tally> entry :
                result.findings().tallies().entrySet()) {
            Findings.Tally tally = entry.getValue();
            checks.add(Json.object(
                    "check",
                    entry.getKey().name(),
                    "checked",
                    tally.checked(),
                    "passed_over",
                    tally.passedOver(),
                    "violations",
                    tally.violations(),
                    "found",
                    tally.kept().stream()
                            .map(kept -> Json.object("subject", kept.subject(), "problem", kept.problem()))
                            .toList(),
                    "remedy",
                    tally.violations() == 0 ? null : entry.getKey().remedy()));
        }
        return Json.object(
                "sequence",
                result.sequence(),
                "complete",
                result.complete(),
                "serving_current",
                result.current(),
                "violations",
                result.findings().violations(),
                "checks",
                checks);
    }
}
