package dev.quarry.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.Map;
import java.util.Optional;

/**
 * A request that is handed on as it is. The parts of its reply are whole server-sent events, or the one document that the
 * reply is.
 */
record PassedDialogue(PassedRequest request) implements Dialogue {
    private static final String OPENAI_END = "[DONE]";
    private static final String ANTHROPIC_END = "message_stop";
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    @Override
    public void send(BackendConfig backend, Optional<String> key, HttpExchange http, Listener listener) {
        HttpRequest sent = http(backend, key);
        if (request.streams()) {
            http.execute(sent, new DefaultServerSentEventParser(), new Events(request.kind(), listener));
            return;
        }
        String document = http.execute(sent).body();
        switch (WireContent.of(document)) {
            case REPLY -> {
                listener.text(document);
                listener.whole(ChatResult.Status.COMPLETE, Optional.empty(), "");
            }
            case ERROR -> listener.failed(new ReportedException(document));
            case NONE -> listener.cut();
        }
    }

    @Override
    public boolean streams() {
        return request.streams();
    }

    /** The reply says it itself, to whoever reads it. */
    @Override
    public Usage estimate(String reply) {
        return Usage.NONE;
    }

    private HttpRequest http(BackendConfig backend, Optional<String> key) {
        boolean anthropic = request.kind() == BackendKind.ANTHROPIC;
        HttpRequest.Builder http = HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(backend.url() + (anthropic ? "/messages" : "/chat/completions"))
                .addHeader("Content-Type", "application/json")
                .body(request.body().apply(backend));
        if (anthropic && !request.headers().containsKey("anthropic-version")) {
            http.addHeader("anthropic-version", ANTHROPIC_VERSION);
        }
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            http.addHeader(header.getKey(), header.getValue());
        }
        key.ifPresent(secret ->
                http.addHeader(anthropic ? "x-api-key" : "Authorization", anthropic ? secret : "Bearer " + secret));
        return http.build();
    }

    /** Reads the events of one reply. */
    private static final class Events implements ServerSentEventListener {
        private final BackendKind kind;
        private final Listener listener;
        private boolean over;

        Events(BackendKind kind, Listener listener) {
            this.kind = kind;
            this.listener = listener;
        }

        @Override
        public void onEvent(ServerSentEvent event) {
            if (over) {
                return;
            }
            String name = event.event() == null ? "" : event.event();
            boolean end = kind == BackendKind.ANTHROPIC ? name.equals(ANTHROPIC_END) : OPENAI_END.equals(event.data());
            if (!OPENAI_END.equals(event.data()) && WireContent.of(event.data()) == WireContent.NONE) {
                over = true;
                listener.failed(new HttpException(0, "an event is no JSON"));
            } else {
                listener.text((name.isEmpty() ? "" : "event: " + name + "\n") + "data: "
                        + event.data().replace("\n", "\ndata: ") + "\n\n");
                if (end) {
                    over = true;
                    listener.whole(ChatResult.Status.COMPLETE, Optional.empty(), "");
                }
            }
        }

        @Override
        public void onError(Throwable cause) {
            if (!over) {
                over = true;
                listener.failed(cause);
            }
        }

        @Override
        public void onClose() {
            if (!over) {
                listener.cut();
            }
        }
    }
}
