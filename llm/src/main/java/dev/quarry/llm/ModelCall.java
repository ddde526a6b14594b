package dev.quarry.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import dev.quarry.llm.Attempt.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try of one backend. The request runs on a thread of its own and hands its reply over by a bounded queue, so that the
 * thread that asked keeps the times, sees a cancellation, and is never inside of the library's code.
 */
final class ModelCall {
    private static final int QUEUED = 256;
    private static final long GLANCE_MILLIS = 50;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int RATE_LIMITED = 429;
    private static final int OVERLOADED = 529;
    private static final int SERVER_FAILURE = 500;
    private static final int CLIENT_FAILURE = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int DETAIL_MAX = 300;
    private static final int CAUSES_MAX = 16;

    private final BackendConfig backend;
    private final HttpExchange exchange;
    private final Cancellation cancellation;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(QUEUED);
    private final long start = System.nanoTime();
    private final StringBuilder text = new StringBuilder();
    private Optional<String> key = Optional.empty();
    private boolean alive;
    private long firstTokenMillis = -1;

    private sealed interface Event {
        record Text(String part) implements Event {}

        /** The model thinks: it is alive, and its reply is yet to come. */
        record Thought() implements Event {}

        record End(@Nullable ChatResponse response) implements Event {}

        record Failed(Throwable cause) implements Event {}
    }

    ModelCall(BackendConfig backend, java.net.http.HttpClient http, Cancellation cancellation) {
        this.backend = backend;
        this.exchange = new HttpExchange(http);
        this.cancellation = cancellation;
    }

    /** Asks; hands the parts of the reply to {@code sink} on this thread; returns at the end. */
    CallReply run(ChatRequest request, Map<String, String> environment, ChatSink sink) {
        key = backend.key().read(environment);
        Runnable abort = exchange::abort;
        cancellation.onCancel(abort);
        Thread worker = Thread.ofVirtual().name("quarry-llm-" + backend.name()).start(() -> send(request));
        try {
            return follow(request, sink);
        } finally {
            cancellation.forget(abort);
            exchange.abort();
            worker.interrupt();
        }
    }

    // What the library throws, whatever it is, must reach the thread that asked.
    @SuppressWarnings("CatchingUnchecked")
    private void send(ChatRequest request) {
        try {
            Models.of(backend, key, exchange).chat(Models.request(backend, request), new Handler());
            put(new Event.End(null));
        } catch (Exception e) {
            put(new Event.Failed(e));
        }
    }

    private void put(Event event) {
        try {
            events.put(event);
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Handler implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String part) {
            put(new Event.Text(part));
        }

        @Override
        public void onPartialThinking(PartialThinking thought) {
            put(new Event.Thought());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            put(new Event.End(response));
        }

        @Override
        public void onError(Throwable cause) {
            put(new Event.Failed(cause));
        }
    }

    private CallReply follow(ChatRequest request, ChatSink sink) {
        while (true) {
            if (cancellation.isCancelled()) {
                return ended(request, CallFailure.of(Outcome.CANCELLED, "cancelled", false));
            }
            long limit = (alive ? backend.total() : min()).toMillis();
            long left = limit - elapsed();
            if (left <= 0) {
                return ended(request, CallFailure.of(Outcome.TIMED_OUT, late(limit), false));
            }
            Event event;
            try {
                event = events.poll(Math.min(left, GLANCE_MILLIS), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ended(request, CallFailure.of(Outcome.CANCELLED, "interrupted", false));
            }
            switch (event) {
                case null -> {}
                case Event.Thought() -> alive = true;
                case Event.Text(String part) -> take(part, sink);
                case Event.End end -> {
                    return end(request, end.response());
                }
                case Event.Failed(Throwable cause) -> {
                    return ended(
                            request,
                            cancellation.isCancelled()
                                    ? CallFailure.of(Outcome.CANCELLED, "cancelled", false)
                                    : failure(cause));
                }
            }
        }
    }

    private java.time.Duration min() {
        return backend.firstToken().compareTo(backend.total()) < 0 ? backend.firstToken() : backend.total();
    }

    private void take(String part, ChatSink sink) {
        if (part.isEmpty()) {
            return;
        }
        alive = true;
        if (firstTokenMillis < 0) {
            firstTokenMillis = elapsed();
        }
        text.append(part);
        sink.text(part);
    }

    /** A reply is whole if the backend says why it ended; one that merely stops was cut. */
    private CallReply end(ChatRequest request, @Nullable ChatResponse response) {
        if (response == null || response.finishReason() == null) {
            String what =
                    text.isEmpty() ? "what came is no reply in its wire format" : "the reply ended without its end";
            return ended(request, CallFailure.of(Outcome.FAILED, what, true));
        }
        ChatResult.Status status = switch (response.finishReason()) {
            case LENGTH -> ChatResult.Status.TRUNCATED;
            case CONTENT_FILTER -> ChatResult.Status.FILTERED;
            case STOP, TOOL_EXECUTION, OTHER -> ChatResult.Status.COMPLETE;
        };
        return new CallReply(text.toString(), status, usage(request, response), firstTokenMillis, elapsed(), null);
    }

    private CallReply ended(ChatRequest request, CallFailure failure) {
        Usage usage = text.isEmpty() ? Usage.NONE : TokenEstimate.of(request, text.toString());
        return new CallReply(text.toString(), ChatResult.Status.BROKEN, usage, firstTokenMillis, elapsed(), failure);
    }

    private Usage usage(ChatRequest request, ChatResponse response) {
        TokenUsage told = response.tokenUsage();
        return told == null || told.inputTokenCount() == null || told.outputTokenCount() == null
                ? TokenEstimate.of(request, text.toString())
                : new Usage(told.inputTokenCount(), told.outputTokenCount(), false);
    }

    private CallFailure failure(Throwable cause) {
        int status = exchange.status();
        if (status == RATE_LIMITED || status == OVERLOADED) {
            String detail = "has too many requests (status " + status + ")" + said(cause);
            return new CallFailure(Outcome.RATE_LIMITED, detail, true, exchange.rest());
        }
        if (status >= SERVER_FAILURE || status == REQUEST_TIMEOUT) {
            return new CallFailure(Outcome.FAILED, "failed with status " + status + said(cause), true, exchange.rest());
        }
        if (status >= CLIENT_FAILURE) {
            return CallFailure.of(Outcome.REFUSED, "refused with status " + status + said(cause), false);
        }
        String what = status == 0 ? "cannot be reached" : "sent what cannot be read";
        return CallFailure.of(Outcome.FAILED, what + said(cause), true);
    }

    private String late(long limit) {
        return (alive ? "did not end within " : "did not begin within ") + limit + " ms";
    }

    /** What the cause says, on one short line, and never with the key. */
    private String said(Throwable cause) {
        Throwable deepest = cause;
        for (int depth = 0; deepest.getCause() != null && depth < CAUSES_MAX; depth++) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        String line = message.replaceAll("\\s+", " ").strip();
        for (String secret : key.stream().toList()) {
            line = line.replace(secret, "…");
        }
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(DETAIL_MAX, line.length()));
    }

    private long elapsed() {
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }
}
