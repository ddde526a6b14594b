package dev.quarry.cli;

import dev.quarry.server.HistoryRequest;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexReport;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** {@code quarry index DIR}: brings the store to the state of a directory of sources. */
final class IndexCommand implements Command {
    static final Option NO_EMBED = Option.toggle("--no-embed", "make no vectors; search then goes by text and graph");
    private static final Option RESOLVE =
            Option.toggle("--resolve", "first fetch jars that are missing from Maven Central");
    private static final Option FRESH =
            Option.toggle("--fresh", "begin a new store with nothing, even if another work tree is indexed");
    private static final Option THREADS = Option.of("--threads", "N", "how many threads work; default: all cores");
    private static final Option MAX_FILE =
            Option.of("--max-file-mib", "N", "larger files are skipped; default: as the last time, at first 5");
    private static final Option HISTORY = Option.optional(
            "--history",
            "RANGE",
            "also take commits into the history, as git understands A..B; default: all behind HEAD");
    private static final Option HISTORY_LIMIT =
            Option.of("--history-limit", "N", "at most so many of the newest of these commits");
    private static final int THREADS_MAX = 256;
    private static final int FILE_MIB_MAX = 512;
    private static final int MIB_SHIFT = 20;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "index",
                "bring the store to the state of a directory of sources",
                List.of("[DIR]"),
                List.of(
                        NO_EMBED,
                        RESOLVE,
                        FRESH,
                        THREADS,
                        MAX_FILE,
                        HISTORY,
                        HISTORY_LIMIT,
                        CommonOptions.STORE_OF_DIR),
                """
                DIR is the repository's root, or a bare repository of git, of which HEAD is indexed into the store that
                --store names; default: the working directory. Only what changed since the last run is written. A run that
                was ended goes on where it was. If a server holds the store, the server indexes. A new store begins with
                what another work tree of the same git repository has, if one is indexed.
                The history follows first parents. Commits that it lacks are read from git's objects and take their place
                between the states that are there, which stay.""");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Path root = Stores.repository(arguments.optionalOperand(0), terminal.directory());
        Path store = StoreLocation.forRepository(root, arguments.value(CommonOptions.STORE), terminal.directory());
        IndexOptions options = options(arguments);
        Optional<ServerAddress> server = ServerAddress.of(store);
        if (server.isPresent()) {
            noteIgnored(arguments, terminal);
            return RemoteIndex.run(store, server.get(), root, options, arguments.has(CommonOptions.JSON), terminal);
        }
        options.history().ifPresent(request -> request.requireCommits(root));
        ProgressLine progress = new ProgressLine(terminal);
        try (Interruption _ = Interruption.calls(progress::cancel);
                Workspace workspace =
                        arguments.has(FRESH) ? Stores.writing(store) : Stores.writing(store, root, terminal)) {
            IndexReport report;
            try (progress) {
                report = workspace.index(root, options, new HeapTrim(progress));
            }
            if (arguments.has(CommonOptions.JSON)) {
                terminal.line(Json.write(ReportText.tree(report, store)));
            } else {
                new ReportText(terminal).write(report, store);
            }
            return ExitCode.OK;
        } catch (CancellationException ended) {
            terminal.note("stopped; what is written stays, and the next run goes on from there");
            return ExitCode.INTERRUPTED;
        }
    }

    private static void noteIgnored(Arguments arguments, Terminal terminal) {
        if (arguments.has(THREADS)) {
            terminal.note("--threads has no effect: the server works with its own threads");
        }
        if (arguments.has(FRESH)) {
            terminal.note("--fresh has no effect: the store is not new");
        }
    }

    private static IndexOptions options(Arguments arguments) {
        IndexOptions defaults = IndexOptions.defaults();
        if (arguments.has(HISTORY_LIMIT) && !arguments.has(HISTORY)) {
            throw new UsageException("--history-limit goes with --history: add it, or leave the limit out");
        }
        int commits = arguments.number(HISTORY_LIMIT, HistoryRequest.NO_LIMIT, 1, HistoryRequest.NO_LIMIT);
        return new IndexOptions(
                        !arguments.has(NO_EMBED),
                        arguments.has(RESOLVE),
                        (long) arguments.number(MAX_FILE, 0, 1, FILE_MIB_MAX) << MIB_SHIFT,
                        arguments.number(THREADS, defaults.threads(), 1, THREADS_MAX))
                .withHistory(arguments.value(HISTORY).map(range -> new HistoryRequest(range, commits)));
    }
}
