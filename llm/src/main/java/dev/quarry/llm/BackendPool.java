package dev.quarry.llm;

import dev.quarry.llm.Attempt.Outcome;
import dev.quarry.llm.ChatResult.Status;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Backends in order of preference. A request goes to the first that is well; as long as no part of a reply has come, what
 * fails is repeated or left for the next without the reader's notice. Afterwards the reply ends there and says so: two
 * models' texts are never mixed. Each try tells its backend the {@link RequestTrace} that holds for the thread that asks.
 * Safe for use by several threads.
 */
public final class BackendPool implements AutoCloseable {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(10);
    private static final int PROBE_TOKENS = 16;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private @Nullable HttpClient http;

    private record Member(BackendConfig config, Health health) {}

    /**
     * A pool of these backends, the preferred one first; it may be empty.
     *
     * @param environment where secrets are looked up
     */
    public BackendPool(List<BackendConfig> backends, Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        for (BackendConfig backend : backends) {
            members.put(backend.name(), new Member(backend, new Health(backend)));
        }
    }

    /** The backends, the preferred one first. */
    public List<BackendConfig> backends() {
        return members.values().stream().map(Member::config).toList();
    }

    /** How each backend does, the preferred one first. */
    public List<BackendHealth> health() {
        return members.values().stream().map(member -> member.health().health()).toList();
    }

    /** Has the first backend that is well go on with a conversation; blocks until the reply has ended. */
    public ChatResult chat(ChatRequest request, ChatSink sink, Cancellation cancellation) {
        return ask(new ChatDialogue(request), List.copyOf(members.values()), sink, cancellation);
    }

    /**
     * The same of some backends alone, in this order.
     *
     * @throws QuarryException NOT_FOUND if there is none of one of these names
     */
    public ChatResult chat(List<String> backends, ChatRequest request, ChatSink sink, Cancellation cancellation) {
        List<Member> asked = backends.stream().map(this::member).toList();
        return ask(new ChatDialogue(request), asked, sink, cancellation);
    }

    /**
     * Hands a request on as it is to the first that is well of those among some backends that speak its wire format. The
     * parts of the reply are whole events of the format, or the one document that the reply is. They tell the tokens
     * themselves: the result does not.
     *
     * @throws QuarryException NOT_FOUND if there is none of one of these names
     */
    public ChatResult pass(List<String> backends, PassedRequest request, ChatSink sink, Cancellation cancellation) {
        List<Member> asked = backends.stream()
                .map(this::member)
                .filter(member -> member.config().kind() == request.kind())
                .toList();
        return ask(new PassedDialogue(request), asked, sink, cancellation);
    }

    /**
     * Has a backend say something short, whatever is known of it, and counts that as a try.
     *
     * @throws QuarryException NOT_FOUND if none has this name
     */
    public ChatResult probe(String backend) {
        Member member = member(backend);
        Member patient = new Member(member.config().withRetries(0), member.health());
        ChatRequest request = ChatRequest.of(List.of(ChatMessage.user("Reply with the word ok.")))
                .withMaxOutputTokens(PROBE_TOKENS);
        Conversation conversation = new Conversation(new ChatDialogue(request), part -> {}, new Cancellation());
        boolean whole = conversation.once(patient);
        return conversation.result(whole ? "" : "the backend does not answer");
    }

    private Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "there is no backend '" + name + "': the configuration has "
                            + (members.isEmpty() ? "none" : String.join(", ", members.keySet())));
        }
        return member;
    }

    private ChatResult ask(Dialogue dialogue, List<Member> asked, ChatSink sink, Cancellation cancellation) {
        Conversation conversation = new Conversation(dialogue, sink, cancellation);
        for (Member member : asked) {
            if (conversation.with(member)) {
                return conversation.result("");
            }
        }
        return conversation.result(asked.isEmpty() ? "no backend is configured" : "no backend could answer");
    }

    /** Made for the first request: a pool that is never asked costs nothing. */
    private synchronized HttpClient http() {
        HttpClient client = http;
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIME)
                    .build();
            http = client;
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (http != null) {
            http.shutdownNow();
        }
    }

    /** The tries of one request. Used by one thread. */
    private final class Conversation {
        private final Dialogue dialogue;
        private final ChatSink sink;
        private final Cancellation cancellation;
        private final long start = System.nanoTime();
        private final List<Attempt> attempts = new ArrayList<>();
        private final Pause pause = new Pause();
        private final RequestTrace trace = RequestTrace.current();
        private CallReply reply = CallReply.none(Status.UNAVAILABLE, null);
        private BackendConfig backend = BackendConfig.of("", BackendKind.OPENAI, URI.create(""), "");
        private long firstTokenMillis = -1;
        private String spanId = "";

        Conversation(Dialogue dialogue, ChatSink sink, Cancellation cancellation) {
            this.dialogue = dialogue;
            this.sink = sink;
            this.cancellation = cancellation;
        }

        /** Asks a backend as often as it is worth it; true if the request has ended with it. */
        boolean with(Member member) {
            for (int repeat = 0; ; repeat++) {
                if (!member.health().admits()) {
                    note(member.config(), Outcome.SKIPPED, "rests after failures", null, -1, 0);
                    return false;
                }
                if (once(member)) {
                    return true;
                }
                CallFailure failure = reply.failure();
                if (failure == null
                        || !failure.passing()
                        || repeat >= member.config().retries()) {
                    return false;
                }
                Duration wait = failure.rest().orElse(pause.after(repeat));
                if (wait.compareTo(Pause.WORTH) > 0 || !pause.take(wait, cancellation)) {
                    return cancellation.isCancelled() && cancelled();
                }
            }
        }

        /** One try; true if the request has ended with it, be it whole, broken off or cancelled. */
        boolean once(Member member) {
            backend = member.config();
            long before = elapsed();
            try {
                spanId = trace.newSpanId();
                HttpExchange exchange = new HttpExchange(http(), trace.headers(spanId));
                reply = new ModelCall(backend, exchange, cancellation).run(dialogue, environment, part -> {
                    if (firstTokenMillis < 0) {
                        firstTokenMillis = elapsed();
                        sink.begins(backend);
                    }
                    sink.text(part);
                });
            } catch (QuarryException unusable) {
                member.health()
                        .record(
                                note(backend, Outcome.SKIPPED, "cannot be used: " + unusable.getMessage(), null, -1, 0),
                                Optional.empty());
                reply = CallReply.none(Status.UNAVAILABLE, null);
                return false;
            }
            CallFailure failure = reply.failure();
            if (failure == null) {
                record(member, Outcome.ANSWERED, "", before);
                return true;
            }
            boolean begun = !reply.text().isEmpty();
            Outcome outcome = begun && failure.outcome() != Outcome.CANCELLED ? Outcome.BROKEN_OFF : failure.outcome();
            record(member, outcome, failure.detail(), before);
            return begun || outcome == Outcome.CANCELLED;
        }

        private boolean cancelled() {
            reply = CallReply.none(Status.CANCELLED, CallFailure.of(Outcome.CANCELLED, "cancelled", false));
            return true;
        }

        private void record(Member member, Outcome outcome, String detail, long before) {
            CallFailure failure = reply.failure();
            long first = reply.firstTokenMillis();
            member.health()
                    .record(
                            note(member.config(), outcome, detail, failure, first, elapsed() - before),
                            failure == null ? Optional.empty() : failure.rest());
        }

        private Attempt note(
                BackendConfig config,
                Outcome outcome,
                String detail,
                @Nullable CallFailure failure,
                long first,
                long millis) {
            Attempt attempt = new Attempt(
                    config.name(),
                    config.kind(),
                    config.model(),
                    outcome,
                    detail,
                    failure == null ? 0 : failure.status(),
                    failure == null ? "" : failure.code(),
                    elapsed() - millis,
                    first,
                    millis,
                    outcome == Outcome.SKIPPED ? "" : spanId);
            attempts.add(attempt);
            sink.attempt(attempt);
            return attempt;
        }

        private long elapsed() {
            return (System.nanoTime() - start) / 1_000_000;
        }

        ChatResult result(String unavailable) {
            CallFailure failure = reply.failure();
            Status status = reply.status();
            String detail = "";
            if (failure != null && failure.outcome() == Outcome.CANCELLED) {
                status = Status.CANCELLED;
                detail = "cancelled";
            } else if (failure != null && !reply.text().isEmpty()) {
                status = Status.BROKEN;
                detail = "the reply of '" + backend.name() + "' broke off: " + failure.detail();
            } else if (!unavailable.isEmpty()) {
                status = Status.UNAVAILABLE;
                detail = unavailable;
            }
            boolean replied = status != Status.UNAVAILABLE;
            return new ChatResult(
                    status,
                    reply.text(),
                    replied ? backend.name() : "",
                    replied ? backend.model() : "",
                    attempts,
                    reply.usage(),
                    backend.cost(reply.usage()),
                    firstTokenMillis,
                    elapsed(),
                    detail,
                    reply.stop());
        }
    }
}
