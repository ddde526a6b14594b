package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskEvent;

/**
 * Where the ends of questions are noted: the traces that are kept, and those that are sent. Safe for use by several threads.
 *
 * @param traces where they are kept
 * @param export what sends them
 */
public record AskLog(Traces traces, TraceExport export) {
    /** Notes a question of this caller if the event is its end, answered or failed. */
    public void note(AskEvent event, Caller caller) {
        switch (event) {
            case AskEvent.Answered(AskAnswer whole) -> {
                traces.add(whole);
                export.add(whole, caller);
            }
            case AskEvent.Failed(AskAnswer soFar, Throwable cause) -> {
                traces.add(soFar);
                export.addFailed(soFar, cause, caller);
            }
            case AskEvent.Began _, AskEvent.Sources _, AskEvent.Tried _, AskEvent.Text _ -> {
                // On its way.
            }
        }
    }
}
