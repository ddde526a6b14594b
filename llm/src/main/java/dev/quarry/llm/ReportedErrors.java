package dev.quarry.llm;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;

/**
 * Looks at the events of a reply before their reader does: one that reports a failure is handed over as that, and ends the
 * reply. Not every reader of the library knows such events.
 */
final class ReportedErrors implements ServerSentEventListener {
    private final ServerSentEventListener reader;
    private boolean over;

    ReportedErrors(ServerSentEventListener reader) {
        this.reader = reader;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        reader.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (!ends(event)) {
            reader.onEvent(event, context);
        }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        if (!ends(event)) {
            reader.onEvent(event);
        }
    }

    private boolean ends(ServerSentEvent event) {
        if (!over && ("error".equals(event.event()) || WireContent.of(event.data()) == WireContent.ERROR)) {
            over = true;
            reader.onError(new ReportedException(event.data()));
        }
        return over;
    }

    @Override
    public void onError(Throwable cause) {
        if (!over) {
            reader.onError(cause);
        }
    }

    @Override
    public void onClose() {
        reader.onClose();
    }
}
