package dev.quarry.server;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.llm.BackendPool;
import java.util.List;
import java.util.Map;

/**
 * What answers questions, and what is kept of them.
 *
 * @param asker has language models answer; stays the caller's
 * @param export is told how questions were answered; stays the caller's
 */
public record Answering(Asker asker, TraceSettings traces, TraceExport export) {
    /** Answers, and tells nobody outside. */
    public Answering(Asker asker, TraceSettings traces) {
        this(asker, traces, TraceExport.off());
    }

    /** Answers with the code alone, and keeps nothing. */
    public static Answering withoutModels() {
        return new Answering(new Asker(new BackendPool(List.of(), Map.of()), AskSettings.DEFAULT), TraceSettings.OFF);
    }
}
