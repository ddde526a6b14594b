package dev.quarry.cli;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.ingest.GitHistory;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.ConfigFile;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.Answering;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexReport;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.TelemetrySettings;
import dev.quarry.server.TraceExport;
import dev.quarry.server.TraceSettings;
import dev.quarry.server.WatchOptions;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** {@code quarry serve [DIR]}: indexes what changed, then answers over HTTP until it is ended. */
final class ServeCommand implements Command {
    private static final Option PORT =
            Option.of("--port", "N", "where to listen; default " + ServerConfig.DEFAULT_PORT + "; 0 takes a free one");
    private static final Option PORT_FALLBACK =
            Option.toggle("--port-fallback", "where the port is in use, take the next free one");
    private static final Option HOST = Option.of("--host", "ADDRESS", "which address to bind; default 127.0.0.1");
    private static final Option NO_WATCH = Option.toggle("--no-watch", "do not follow changes of the files");
    private static final Option POLL =
            Option.of("--watch-poll", "SECONDS", "look for changes once in so many seconds, where events do not come");
    private static final int PORT_MAX = 65_535;
    private static final int POLL_MAX = 86_400;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "serve",
                "index what changed, then answer over HTTP and follow further changes",
                List.of("[DIR]"),
                List.of(
                        PORT,
                        PORT_FALLBACK,
                        HOST,
                        IndexCommand.NO_EMBED,
                        NO_WATCH,
                        POLL,
                        ConfigCommand.CONFIG,
                        CommonOptions.STORE_OF_DIR),
                """
                DIR is the repository's root; default: the one that the store in use belongs to, else the working
                directory. Vectors are made in the background. Changed files are indexed as soon as they rest; git
                checkouts and rebases are waited for. Requests need the token from the store's directory, where the
                file 'port' has the port. The configuration's [server] has port_fallback = true.\
                """);
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        if (arguments.has(NO_WATCH) && arguments.has(POLL)) {
            throw new UsageException(
                    "--no-watch follows no changes, and --watch-poll looks for them: leave one of them out");
        }
        Path root = root(arguments, terminal);
        ServerConfig config = ServerConfig.defaults()
                .withHost(arguments.value(HOST).orElse(ServerConfig.defaults().host()))
                .withPort(arguments.number(PORT, ServerConfig.DEFAULT_PORT, 0, PORT_MAX))
                .withWatch(watch(arguments, root));
        Path store = StoreLocation.forRepository(root, arguments.value(CommonOptions.STORE), terminal.directory());
        ConfigFile models = ConfigCommand.file(arguments, terminal);
        boolean fallback =
                arguments.has(PORT_FALLBACK) || ListenSettings.of(models).portFallback();
        // Says so before the indexing and not after it.
        Ports.free(config, fallback);
        AskSettings settings = AskSettings.of(models);
        TraceSettings traces = TraceSettings.of(models);
        TelemetrySettings telemetry = TelemetrySettings.of(models, System.getenv());
        ProgressLine progress = new ProgressLine(terminal);
        CountDownLatch ended = new CountDownLatch(1);
        try (Interruption _ = Interruption.calls(() -> {
                    progress.cancel();
                    ended.countDown();
                });
                Workspace workspace = Stores.writing(store, root, terminal)) {
            IndexReport report = index(workspace, root, !arguments.has(IndexCommand.NO_EMBED), progress);
            new ReportText(terminal).write(report, store);
            try (TraceExport export = TraceExport.of(telemetry, System.getenv());
                    BackendPool pool = new BackendPool(models.backends(), System.getenv());
                    Serving serving = Ports.start(
                            config,
                            fallback,
                            at -> Serving.start(
                                    at, workspace, new Answering(new Asker(pool, settings), traces, export)))) {
                announce(serving, config.port(), store, terminal);
                Thread embedding = Thread.ofPlatform().name("quarry-embed").start(() -> {
                    // The watcher's first run makes the vectors otherwise.
                    if (!arguments.has(IndexCommand.NO_EMBED) && !config.watch().enabled()) {
                        embed(workspace, progress, terminal);
                    }
                });
                ended.await();
                embedding.join();
            }
            return ExitCode.OK;
        } catch (CancellationException | InterruptedException stopped) {
            return ExitCode.INTERRUPTED;
        }
    }

    private static WatchOptions watch(Arguments arguments, Path root) {
        if (arguments.has(NO_WATCH) || GitHistory.isBare(root)) {
            return WatchOptions.OFF;
        }
        WatchOptions options = WatchOptions.DEFAULT.withEmbed(!arguments.has(IndexCommand.NO_EMBED));
        return arguments.value(POLL).isEmpty()
                ? options
                : options.withPoll(Duration.ofSeconds(arguments.number(POLL, 1, 1, POLL_MAX)));
    }

    private static Path root(Arguments arguments, Terminal terminal) {
        Optional<String> named = arguments.optionalOperand(0);
        if (named.isEmpty() && arguments.value(CommonOptions.STORE).isEmpty()) {
            return StoreLocation.nearest(terminal.directory())
                    .flatMap(store -> Optional.ofNullable(store.getParent()))
                    .orElseGet(() -> Stores.repository(named, terminal.directory()));
        }
        return Stores.repository(named, terminal.directory());
    }

    private static IndexReport index(Workspace workspace, Path root, boolean embeds, ProgressLine progress) {
        IndexOptions options = embeds
                ? IndexOptions.defaults().withInstantOnly()
                : IndexOptions.defaults().withEmbed(false);
        try {
            return workspace.index(root, options.withKept(true), progress);
        } finally {
            progress.close();
        }
    }

    /** Vectors are a gain, not a condition: a refused model is told, and the server goes on without. */
    private static void embed(Workspace workspace, ProgressLine progress, Terminal terminal) {
        try {
            long made = workspace.embed(progress);
            progress.close();
            terminal.note(
                    made == 0 ? "all vectors are there" : "all vectors are there; made " + ReportText.grouped(made));
        } catch (CancellationException ended) {
            progress.close();
        } catch (QuarryException failure) {
            progress.close();
            terminal.error("no vectors: " + failure.getMessage());
        }
    }

    private static void announce(Serving serving, int wanted, Path store, Terminal terminal) {
        int port = serving.address().getPort();
        if (wanted != 0 && wanted != port) {
            terminal.note("port " + wanted + " is in use: " + port + " is taken instead");
        }
        Path token = QuarryServer.tokenFile(store.toAbsolutePath());
        terminal.line("");
        terminal.line(terminal.styled(Style.GOOD, "Quarry listens at ") + serving.address());
        terminal.line("  token    " + token);
        terminal.line("  try      curl -s " + serving.address() + "/v1/search -H \"Authorization: Bearer $(cat '"
                + token + "')\" -H 'Content-Type: application/json' -d '{\"query\": \"parse a date\"}'");
        terminal.line("  or       quarry search 'parse a date'   in another terminal");
        terminal.line("Ctrl-C ends it.");
        terminal.out().flush();
    }
}
