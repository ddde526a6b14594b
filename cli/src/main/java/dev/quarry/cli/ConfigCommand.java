package dev.quarry.cli;

import dev.quarry.ask.AskSettings;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.Secret;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.TelemetrySettings;
import dev.quarry.server.TraceSettings;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code quarry config}: which language models answer questions, and how they are reached. */
final class ConfigCommand implements Command {
    static final Option CONFIG = Option.of(
            "--config", "FILE", "the configuration; default: QUARRY_CONFIG, else quarry/config.toml in ~/.config");

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "config",
                "set up the language models that answer questions",
                List.of("[show|check|set]", "[KEY]", "[VALUE]"),
                List.of(CONFIG),
                """
                'config' asks for a model, tries it and adds it to the file. 'config show' prints what the file says, 'config
                check' also looks whether its keys can be read, 'config set KEY VALUE' changes one value, such as
                ask.context_tokens or backend.NAME.model. Keys of providers are named by a variable of the environment
                or a file, never written.\
                """);
    }

    /**
     * The configuration that the words and the environment name.
     *
     * @throws QuarryException NOT_FOUND if the words name a file that is not there; the default one may be absent
     */
    static ConfigFile file(Arguments arguments, Terminal terminal) {
        requireNamed(arguments, terminal);
        return fileToBe(arguments, terminal);
    }

    /** Refuses words, or without them an environment, that name a file which is not there. */
    static void requireNamed(Arguments arguments, Terminal terminal) {
        requireThere(named(arguments, terminal), System.getenv());
    }

    /** The same of a file that was named, or else of what this environment names. */
    static void requireThere(Optional<Path> named, Map<String, String> environment) {
        boolean isChosen = named.isPresent()
                || !environment.getOrDefault(ConfigFile.VARIABLE, "").isEmpty();
        Path file = ConfigFile.location(named, environment);
        if (isChosen && Files.notExists(file)) {
            String instead = named.isPresent()
                    ? "name one that is there with --config, or make it with 'quarry config --config FILE'"
                    : "make it with 'quarry config', or have " + ConfigFile.VARIABLE + " name one that is there";
            throw new QuarryException(ErrorCode.NOT_FOUND, "there is no configuration at " + file + ": " + instead);
        }
    }

    /** The same for what makes the file if it is not there. */
    private static ConfigFile fileToBe(Arguments arguments, Terminal terminal) {
        return ConfigFile.read(ConfigFile.location(named(arguments, terminal), System.getenv()));
    }

    private static Optional<Path> named(Arguments arguments, Terminal terminal) {
        return arguments.value(CONFIG).map(terminal.directory()::resolve);
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        String action = arguments.optionalOperand(0).orElse("");
        return switch (action) {
            case "" -> wizard(fileToBe(arguments, terminal), terminal);
            case "show" -> show(file(arguments, terminal), arguments, terminal);
            case "check" -> check(file(arguments, terminal), arguments, terminal);
            case "set" -> set(fileToBe(arguments, terminal), arguments, terminal);
            default ->
                throw new UsageException(
                        "'" + action + "' is nothing to do with the configuration: say show, check or set");
        };
    }

    private static ExitCode wizard(ConfigFile file, Terminal terminal) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            throw new UsageException("'config' asks questions, and this is no terminal: write " + file.path()
                    + " by hand, or use 'config set KEY VALUE'");
        }
        BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new ConfigWizard(answers, terminal, System.getenv()).run(file);
    }

    private static ExitCode show(ConfigFile file, Arguments arguments, Terminal terminal) {
        List<BackendConfig> backends = file.backends();
        AskSettings ask = AskSettings.of(file);
        TraceSettings traces = TraceSettings.of(file);
        ListenSettings listen = ListenSettings.of(file);
        TelemetrySettings telemetry = TelemetrySettings.of(file, System.getenv());
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(Json.object(
                    "file",
                    file.path().toString(),
                    "exists",
                    file.present(),
                    "backends",
                    backends.stream().map(ConfigCommand::tree).toList(),
                    "ask",
                    Json.object(
                            "contextTokens", ask.contextTokens(),
                            "historyTurns", ask.historyTurns(),
                            "historyCharacters", ask.historyChars(),
                            "cache", ask.cache()),
                    "traces",
                    Json.object(
                            "enabled", traces.enabled(),
                            "keepDays", traces.keepDays(),
                            "keepMegabytes", traces.keepMegabytes()),
                    "server",
                    Json.object("portFallback", listen.portFallback()),
                    "telemetry",
                    Json.object(
                            "endpoint",
                                    telemetry.endpoint().map(Object::toString).orElse(""),
                            "serviceName", telemetry.serviceName(),
                            "content", telemetry.content()))));
            return ExitCode.OK;
        }
        terminal.line(file.path() + (file.present() ? "" : " (not there; 'quarry config' makes it)"));
        for (BackendConfig backend : backends) {
            terminal.line("  " + terminal.styled(Style.BOLD, backend.name()) + "  " + line(backend));
        }
        terminal.line("  ask: " + ask.contextTokens() + " tokens of code, " + ask.historyTurns() + " earlier turns, "
                + (ask.cache() ? "answers are kept for questions that mean the same" : "no answers are kept"));
        terminal.line(
                traces.enabled()
                        ? "  traces: kept for " + traces.keepDays() + " days, at most " + traces.keepMegabytes() + " MB"
                        : "  traces: none are kept");
        terminal.line("  server: " + (listen.portFallback() ? "takes the next free port" : "takes its port alone"));
        telemetry
                .endpoint()
                .ifPresent(url -> terminal.line("  telemetry: traces go to " + url
                        + (telemetry.content() ? ", with questions and answers" : ", without questions and answers")));
        return ExitCode.OK;
    }

    private static Object tree(BackendConfig backend) {
        return Json.object(
                "name", backend.name(),
                "kind", backend.kind().key(),
                "url", backend.url().toString(),
                "model", backend.model(),
                "key", backend.key().shown(),
                "maxOutputTokens", backend.maxOutputTokens(),
                "firstTokenSeconds", backend.firstToken().toSeconds(),
                "totalSeconds", backend.total().toSeconds(),
                "retries", backend.retries(),
                "usdPerMillionInput",
                        backend.prices().map(BackendConfig.Prices::inputUsd).orElse(null),
                "usdPerMillionOutput",
                        backend.prices().map(BackendConfig.Prices::outputUsd).orElse(null));
    }

    /** A backend on one line. */
    static String line(BackendConfig backend) {
        return backend.model() + " (" + backend.kind().key() + ") at " + backend.url() + ", key: "
                + backend.key().shown()
                + backend.prices()
                        .map(price -> ", USD for a million tokens: " + price.inputUsd() + " read, " + price.outputUsd()
                                + " written")
                        .orElse("");
    }

    private static ExitCode check(ConfigFile file, Arguments arguments, Terminal terminal) {
        boolean good = true;
        for (BackendConfig backend : file.backends()) {
            boolean isReadable =
                    isReadable(backend.key(), file.path() + ": backend '" + backend.name() + "': ", terminal);
            good &= isReadable;
            if (isReadable && !(backend.key() instanceof Secret.None) && isOpen(backend)) {
                terminal.note("the key of '" + backend.name()
                        + "' would go over the network in the clear: use https:// for another machine");
            }
        }
        Secret headers = TelemetrySettings.of(file, System.getenv()).headers();
        good &= isReadable(headers, file.path() + ": telemetry: ", terminal);
        ExitCode shown = show(file, arguments, terminal);
        return good ? shown : ExitCode.USAGE;
    }

    /** Whether a secret is where it should be; says why not. */
    private static boolean isReadable(Secret secret, String place, Terminal terminal) {
        try {
            secret.read(System.getenv());
            return true;
        } catch (QuarryException missing) {
            terminal.note(place + missing.getMessage());
            return false;
        }
    }

    /** Whether what is sent can be read on its way. */
    private static boolean isOpen(BackendConfig backend) {
        String host = backend.url().getHost();
        return "http".equals(backend.url().getScheme())
                && !List.of("localhost", "127.0.0.1", "[::1]").contains(host);
    }

    private static ExitCode set(ConfigFile file, Arguments arguments, Terminal terminal) {
        if (arguments.operands().size() != 3) {
            throw new UsageException("KEY and VALUE are missing: quarry config set KEY VALUE");
        }
        ConfigFile changed = file.with(arguments.operand(1), arguments.operand(2));
        // Showing it reads all of it, so that nothing wrong is written.
        ExitCode shown = show(changed, arguments, terminal);
        changed.write();
        terminal.note("wrote " + file.path());
        return shown;
    }
}
