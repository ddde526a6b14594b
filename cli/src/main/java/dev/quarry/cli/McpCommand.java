package dev.quarry.cli;

import dev.quarry.mcp.MessageLoop;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code quarry mcp}: answers an agent on the standard streams, or tells an agent's program to start it. */
final class McpCommand implements Command {
    private static final Option DRY_RUN =
            Option.toggle("--dry-run", "say what 'install' would write, and write nothing");
    private static final String INSTALL = "install";

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "mcp",
                "answer an agent by the Model Context Protocol, or set an agent's program up for it",
                List.of("[install]", "[CLIENT]"),
                List.of(DRY_RUN),
                """
                Alone, it speaks the protocol on the standard streams until the input ends. It asks the server that holds the
                store if there is one, and else opens the store for as long as questions come. 'quarry serve' offers the same
                at /mcp.
                'mcp install CLIENT' writes the configuration of a client; without CLIENT, of all that are on this machine.
                What a file holds stays as it is, and is copied beside it first. The clients:
                %s.\
                """.formatted(String.join(", ", McpClient.names())));
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Optional<String> action = arguments.optionalOperand(0);
        if (action.isEmpty()) {
            if (arguments.has(DRY_RUN)) {
                throw new UsageException(
                        "--dry-run goes with install alone: say 'mcp install --dry-run', or leave it out");
            }
            return answer(arguments, terminal);
        }
        if (!action.get().equals(INSTALL)) {
            throw new UsageException("'" + action.get() + "' is nothing to do with mcp: say install, or nothing");
        }
        return install(arguments, terminal);
    }

    private static ExitCode answer(Arguments arguments, Terminal terminal) {
        Optional<String> named = arguments.value(CommonOptions.STORE);
        try (AgentAnswers answers =
                new AgentAnswers(() -> StoreLocation.existing(named, terminal.directory()), terminal)) {
            MessageLoop.run(
                    System.in,
                    answers::answer,
                    line -> {
                        terminal.line(line);
                        terminal.out().flush();
                    },
                    Runtime.getRuntime().availableProcessors());
            return ExitCode.OK;
        } catch (IOException failure) {
            throw new QuarryException(
                    ErrorCode.INTERNAL, "the standard input cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static ExitCode install(Arguments arguments, Terminal terminal) {
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory())
                .toAbsolutePath()
                .normalize();
        Path parent = store.getParent();
        Path project = store.endsWith(StoreLocation.DIRECTORY) && parent != null ? parent : terminal.directory();
        McpInstall install = new McpInstall(McpInstall.Place.ofUser(project), store, arguments.has(DRY_RUN));
        List<McpInstall.Outcome> outcomes = install.run(arguments.optionalOperand(1));
        ExitCode code =
                outcomes.stream().allMatch(outcome -> outcome.problem().isEmpty()) ? ExitCode.OK : ExitCode.USAGE;
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(Json.object(
                    "clients", outcomes.stream().map(McpInstall.Outcome::tree).toList())));
            return code;
        }
        for (McpInstall.Outcome outcome : outcomes) {
            String place = outcome.problem()
                    .map(problem -> ": " + problem)
                    .orElseGet(() -> " " + terminal.shown(outcome.file()));
            terminal.line(outcome.client() + ": " + outcome.what() + place);
            if (arguments.has(DRY_RUN) && outcome.problem().isEmpty()) {
                outcome.entry().lines().forEach(line -> terminal.line("  " + line));
            }
        }
        return code;
    }
}
