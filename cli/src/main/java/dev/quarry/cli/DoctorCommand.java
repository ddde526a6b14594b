package dev.quarry.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code quarry doctor}: tries each thing that Quarry needs, and says what helps where one fails. */
final class DoctorCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "doctor",
                "try each thing that Quarry needs",
                List.of(),
                List.of(ConfigCommand.CONFIG),
                "Ends with 1 if something does not work; what could merely be better is no failure.");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Optional<Path> store = arguments
                .value(CommonOptions.STORE)
                .map(named -> terminal.directory().resolve(named).normalize())
                .or(() -> StoreLocation.nearest(terminal.directory()));
        List<Supplier<Finding>> checks = List.of(
                Checks::jdk,
                Checks::startUpCache,
                Checks::engine,
                Checks::model,
                () -> Checks.store(store, terminal),
                Checks::port,
                Checks::watches,
                () -> Checks.disk(store.filter(java.nio.file.Files::isDirectory).orElse(terminal.directory())),
                () -> TelemetryCheck.check(arguments, terminal, System.getenv()));
        boolean json = arguments.has(CommonOptions.JSON);
        List<Finding> findings = Stream.concat(
                        checks.stream().map(Supplier::get),
                        Stream.of(arguments)
                                .flatMap(words -> BackendChecks.all(words, terminal, System.getenv()).stream()))
                .peek(finding -> {
                    if (!json) {
                        write(finding, terminal);
                    }
                })
                .toList();
        if (json) {
            terminal.line(Json.write(Json.object(
                    "checks", findings.stream().map(DoctorCommand::tree).toList())));
        }
        boolean failed = findings.stream().anyMatch(finding -> finding.state() == Finding.State.FAILURE);
        return failed ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static Object tree(Finding finding) {
        return Json.object(
                "name", finding.name(),
                "state", finding.state().name(),
                "detail", finding.detail(),
                "remedy", finding.remedy().isEmpty() ? null : finding.remedy());
    }

    private static void write(Finding finding, Terminal terminal) {
        Style style = switch (finding.state()) {
            case OK -> Style.GOOD;
            case WARNING -> Style.WARNING;
            case FAILURE -> Style.BAD;
        };
        String state = finding.state().name().toLowerCase(Locale.ROOT);
        terminal.line(terminal.styled(style, String.format(Locale.ROOT, "%-8s", state))
                + String.format(Locale.ROOT, "%-15s", finding.name())
                + finding.detail());
        if (!finding.remedy().isEmpty()) {
            terminal.line(" ".repeat(8) + terminal.styled(Style.BOLD, finding.remedy()));
        }
        terminal.out().flush();
    }
}
