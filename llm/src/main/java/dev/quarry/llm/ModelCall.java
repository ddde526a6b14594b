package dev.quarry.llm;

import dev.langchain4j.exception.HttpException;
import dev.quarry.llm.Attempt.Outcome;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

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
    private static final int REDIRECTION = 300;
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

        /** The reply is whole. */
        record Whole(ChatResult.Status status, Optional<Usage> usage, String stop) implements Event {}

        /** The reply merely stopped. */
        record Cut() implements Event {}

        record Failed(Throwable cause) implements Event {}
    }

    ModelCall(BackendConfig backend, HttpExchange exchange, Cancellation cancellation) {
        this.backend = backend;
        this.exchange = exchange;
        this.cancellation = cancellation;
    }

    /** Asks; hands the parts of the reply to {@code sink} on this thread; returns at the end. */
    CallReply run(Dialogue dialogue, Map<String, String> environment, ChatSink sink) {
        key = backend.key().read(environment);
        Runnable abort = exchange::abort;
        cancellation.onCancel(abort);
        Thread worker = Thread.ofVirtual().name("quarry-llm-" + backend.name()).start(() -> send(dialogue));
        try {
            return follow(dialogue, sink);
        } finally {
            cancellation.forget(abort);
            exchange.abort();
            worker.interrupt();
        }
    }

    // What the library throws, whatever it is, must reach the thread that asked.
    @SuppressWarnings("CatchingUnchecked")
    private void send(Dialogue dialogue) {
        try {
            dialogue.send(backend, key, exchange, new Queue());
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

    /** Hands what the exchange's thread hears over to the thread that asked. */
    private final class Queue implements Dialogue.Listener {
        @Override
        public void text(String part) {
            put(new Event.Text(part));
        }

        @Override
        public void alive() {
            put(new Event.Thought());
        }

        @Override
        public void whole(ChatResult.Status status, Optional<Usage> usage, String stop) {
            put(new Event.Whole(status, usage, stop));
        }

        @Override
        public void cut() {
            put(new Event.Cut());
        }

        @Override
        public void failed(Throwable cause) {
            put(new Event.Failed(cause));
        }
    }

    private CallReply follow(Dialogue dialogue, ChatSink sink) {
        while (true) {
            if (cancellation.isCancelled()) {
                return ended(dialogue, CallFailure.of(Outcome.CANCELLED, "cancelled", false));
            }
            long limit = (alive || !dialogue.streams() ? backend.total() : min()).toMillis();
            long left = limit - elapsed();
            if (left <= 0) {
                return ended(dialogue, CallFailure.of(Outcome.TIMED_OUT, late(limit), false));
            }
            Event event;
            try {
                event = events.poll(Math.min(left, GLANCE_MILLIS), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ended(dialogue, CallFailure.of(Outcome.CANCELLED, "interrupted", false));
            }
            switch (event) {
                case null -> {}
                case Event.Thought() -> alive = true;
                case Event.Text(String part) -> take(part, sink);
                case Event.Whole(ChatResult.Status status, Optional<Usage> usage, String stop) -> {
                    Usage used = usage.orElseGet(() -> dialogue.estimate(text.toString()));
                    return new CallReply(text.toString(), status, used, stop, firstTokenMillis, elapsed(), null);
                }
                case Event.Cut() -> {
                    String what = text.isEmpty()
                            ? "sent what is no reply in its wire format"
                            : "stopped before the end of its reply";
                    return ended(dialogue, CallFailure.of(Outcome.FAILED, what, true));
                }
                case Event.Failed(Throwable cause) -> {
                    return ended(
                            dialogue,
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

    private CallReply ended(Dialogue dialogue, CallFailure failure) {
        Usage usage = text.isEmpty() ? Usage.NONE : dialogue.estimate(text.toString());
        return new CallReply(
                text.toString(), ChatResult.Status.BROKEN, usage, "", firstTokenMillis, elapsed(), failure);
    }

    private CallFailure failure(Throwable cause) {
        int status = exchange.status();
        if (status == RATE_LIMITED || status == OVERLOADED) {
            String detail = "has too many requests (status " + status + ")" + said(cause);
            return new CallFailure(Outcome.RATE_LIMITED, detail, true, exchange.rest(), status, "");
        }
        if (status >= SERVER_FAILURE || status == REQUEST_TIMEOUT) {
            String detail = "failed with status " + status + said(cause);
            return new CallFailure(Outcome.FAILED, detail, true, exchange.rest(), status, "");
        }
        if (status >= CLIENT_FAILURE) {
            String code = causes(cause).stream()
                    .filter(HttpException.class::isInstance)
                    .map(refusal -> WireContent.code(String.valueOf(refusal.getMessage())))
                    .findFirst()
                    .orElse("");
            return CallFailure.refused("refused with status " + status + said(cause), status, code);
        }
        if (status >= REDIRECTION) {
            String detail = "redirects with status " + status
                    + exchange.location().map(to -> said(" to", to)).orElse("")
                    + ", which is not followed: name the address behind it as its url";
            return CallFailure.refused(detail, status, "");
        }
        String what = status == 0
                ? "cannot be reached"
                : causes(cause).stream().anyMatch(ReportedException.class::isInstance)
                        ? "reported"
                        : "sent what cannot be read";
        return CallFailure.of(Outcome.FAILED, what + said(cause), true);
    }

    private String late(long limit) {
        return (alive ? "did not end within " : "did not begin within ") + limit + " ms";
    }

    /** A failure and its causes, the deepest first. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < CAUSES_MAX; cause = cause.getCause()) {
            causes.addFirst(cause);
        }
        return causes;
    }

    /** What the deepest cause that says something says. */
    private String said(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .map(ModelCall::told)
                .flatMap(Optional::stream)
                .findFirst()
                .map(told -> said(":", told))
                .orElseGet(() -> said(":", causes.getFirst().getClass().getSimpleName()));
    }

    /** The words of one cause. The client's own have none where nobody listens, or a host has no address. */
    private static Optional<String> told(Throwable cause) {
        if (cause instanceof UnresolvedAddressException) {
            return Optional.of("its host is not known");
        }
        Optional<String> message = Optional.ofNullable(cause.getMessage());
        return message.isEmpty() && cause instanceof ConnectException ? Optional.of("connection refused") : message;
    }

    /** A text behind a word, on one short line, and never with the key. */
    private String said(String word, String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        for (String secret : key.stream().toList()) {
            line = line.replace(secret, "…");
        }
        return line.isEmpty() ? "" : word + " " + line.substring(0, Math.min(DETAIL_MAX, line.length()));
    }

    private long elapsed() {
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }
}
