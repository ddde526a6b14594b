package dev.quarry.cli;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskEvent;
import dev.quarry.ask.AskRequest;
import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.Cancellation;
import dev.quarry.llm.ConfigFile;
import dev.quarry.server.AskDocument;
import dev.quarry.server.AskLog;
import dev.quarry.server.Backend;
import dev.quarry.server.BackendFinder;
import dev.quarry.server.CachedAnswers;
import dev.quarry.server.Caller;
import dev.quarry.server.TelemetrySettings;
import dev.quarry.server.TraceExport;
import dev.quarry.server.TraceSettings;
import dev.quarry.server.Traces;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks language models from this process. Apart, so that other commands do not load what this needs. */
final class LocalAsk {
    private LocalAsk() {}

    /** The answer, as the document of the HTTP interface; keeps its trace. */
    static Map<String, @Nullable Object> ask(
            AskRequest request, ConfigFile config, Backend backend, Consumer<String> text) {
        Cancellation cancellation = new Cancellation();
        try (TraceExport export = TraceExport.of(TelemetrySettings.of(config, System.getenv()), System.getenv());
                BackendPool pool = new BackendPool(config.backends(), System.getenv());
                Traces traces = Traces.of(backend.storeDirectory(), TraceSettings.of(config));
                Interruption _ = Interruption.calls(cancellation::cancel)) {
            Asker asker = new Asker(pool, AskSettings.of(config));
            AskLog log = new AskLog(traces, export);
            return export.trace(Caller.LOCAL).call(() -> {
                AskAnswer answer = asker.ask(
                        request,
                        new BackendFinder(backend),
                        new CachedAnswers(backend),
                        event -> {
                            log.note(event, Caller.LOCAL);
                            if (event instanceof AskEvent.Text(String part)) {
                                text.accept(part);
                            }
                        },
                        cancellation);
                return AskDocument.of(answer);
            });
        }
    }
}
