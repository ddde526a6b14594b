package dev.quarry.cli;

import dev.quarry.server.GarbageOptions;
import dev.quarry.server.GarbageReport;
import dev.quarry.server.GarbageReport.Item;
import dev.quarry.server.GarbageReport.Kind;
import dev.quarry.server.Retention;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** {@code quarry gc}: removes what a store holds for nothing. */
final class GcCommand implements Command {
    private static final Option DRY_RUN = Option.toggle("--dry-run", "remove nothing, and say what would be");
    private static final Option KEEP = Option.of(
            "--keep-vectors",
            "N",
            "how many vectors of texts that are gone stay, the newest; default " + GarbageOptions.KEEP_VECTORS);
    private static final Option DROP =
            Option.of("--drop-model", "ID", "remove all vectors of a model that searches do not use");
    private static final Option KEEP_STATES = Option.of(
            "--keep-states", "N", "how many of the newest states of the history stay, at least 1; default: all");
    private static final Option KEEP_SINCE = Option.of(
            "--keep-since", "INSTANT", "the states since an instant stay, as in 2030-01-31T12:00:00Z; default: all");
    private static final int KIB_SHIFT = 10;

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "gc",
                "remove what the store holds for nothing",
                List.of(),
                List.of(DRY_RUN, KEEP, DROP, KEEP_STATES, KEEP_SINCE),
                """
                That is: vectors of texts that no declaration has any more, now or in the history, replaced entries of the
                serving index, and directories of processes that ended too early. Vectors are kept for a while, so that a
                branch which is checked out again needs no new ones. States of the history go only if --keep-states or
                --keep-since says which ones stay; with both, what either keeps stays. Questions are answered meanwhile.""");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        GarbageOptions options = new GarbageOptions(
                arguments.has(DRY_RUN),
                arguments.number(KEEP, GarbageOptions.KEEP_VECTORS, 0, Integer.MAX_VALUE),
                arguments.value(DROP).map(Set::of).orElse(Set.of()),
                states(arguments));
        GarbageReport report;
        Optional<ServerAddress> server = ServerAddress.of(store);
        try {
            report = server.isPresent()
                    ? remote(store, server.get(), options, terminal)
                    : local(store, options, terminal);
        } catch (CancellationException ended) {
            terminal.note("stopped; what is removed is gone, and the next run goes on from there");
            return ExitCode.INTERRUPTED;
        }
        if (arguments.has(CommonOptions.JSON)) {
            terminal.line(Json.write(tree(report)));
        } else {
            write(report, terminal);
        }
        return ExitCode.OK;
    }

    private static Retention states(Arguments arguments) {
        return new Retention(
                arguments.has(KEEP_STATES)
                        ? OptionalInt.of(arguments.number(KEEP_STATES, 1, 1, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                arguments.value(KEEP_SINCE).map(Retention::instant));
    }

    private static GarbageReport local(Path store, GarbageOptions options, Terminal terminal) {
        ProgressLine progress = new ProgressLine(terminal);
        try (Interruption _ = Interruption.calls(progress::cancel);
                Workspace workspace = Stores.changing(store);
                progress) {
            return workspace.collectGarbage(options, progress);
        }
    }

    private static GarbageReport remote(Path store, ServerAddress server, GarbageOptions options, Terminal terminal) {
        try (ServerClient client = ServerClient.of(store, server, terminal)) {
            Map<String, @Nullable Object> body = Json.object(
                    "dryRun",
                    options.dryRun(),
                    "keepVectors",
                    options.keepVectors(),
                    "dropModels",
                    List.copyOf(options.dropModels()));
            options.states().states().ifPresent(count -> body.put("keepStates", count));
            options.states().since().ifPresent(since -> body.put("keepSince", since.toString()));
            JsonObject reply = client.postAndWait("/v1/gc", body, "gc");
            List<Item> items = reply.objects(
                    "garbage",
                    item -> new Item(
                            Kind.valueOf(item.text("kind").toUpperCase(Locale.ROOT)),
                            item.number("count"),
                            item.number("bytes")));
            return new GarbageReport(options.dryRun(), items, reply.number("kept"));
        }
    }

    private static void write(GarbageReport report, Terminal terminal) {
        for (Item item : report.items()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%12s KiB  %s %s",
                    ReportText.grouped((item.bytes() + (1 << KIB_SHIFT) - 1) >> KIB_SHIFT),
                    ReportText.grouped(item.count()),
                    item.kind().title()));
        }
        String done = report.dryRun() ? "would be removed" : "removed";
        terminal.note(ReportText.grouped((report.bytes() + (1 << KIB_SHIFT) - 1) >> KIB_SHIFT) + " KiB " + done
                + (report.kept() == 0
                        ? ""
                        : "; " + ReportText.grouped(report.kept())
                                + " vectors of texts that are gone stay (--keep-vectors)"));
    }

    private static Map<String, @Nullable Object> tree(GarbageReport report) {
        List<Object> items = new ArrayList<>();
        for (Item item : report.items()) {
            items.add(Json.object(
                    "kind", item.kind().name().toLowerCase(Locale.ROOT), "count", item.count(), "bytes", item.bytes()));
        }
        return Json.object("dryRun", report.dryRun(), "garbage", items, "kept", report.kept());
    }
}
