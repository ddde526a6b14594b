package dev.quarry.ask;

import dev.quarry.ask.AskEvent.Phase;
import dev.quarry.llm.Attempt;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.Cancellation;
import dev.quarry.llm.ChatRequest;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.ChatSink;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Answers questions about the code: finds it, has a model write, and checks what it cites. Safe for use by several
 * threads.
 */
public final class Asker {
    private final BackendPool pool;
    private final AskSettings settings;
    private final Conversations conversations;

    /** Answers with these backends, which stay the caller's to close. */
    public Asker(BackendPool pool, AskSettings settings) {
        this.pool = pool;
        this.settings = settings;
        this.conversations = new Conversations(settings.historyTurns(), settings.historyChars());
    }

    /** The backends that write answers. */
    public BackendPool pool() {
        return pool;
    }

    /** Answers a question without a memory. */
    public AskAnswer ask(
            AskRequest request, ContextFinder finder, Consumer<AskEvent> events, Cancellation cancellation) {
        return ask(request, finder, AnswerMemory.NONE, events, cancellation);
    }

    /**
     * Answers a question; blocks until the answer is whole. Without a model's reply the answer is an extract of the code
     * that was found.
     *
     * @param finder finds the code
     * @param memory is asked first where a question begins a conversation, and told what models answer there, after the
     *     last event
     * @param events is told what happens, on this thread
     * @throws QuarryException NOT_FOUND if there is no such conversation or backend
     */
    public AskAnswer ask(
            AskRequest request,
            ContextFinder finder,
            AnswerMemory memory,
            Consumer<AskEvent> events,
            Cancellation cancellation) {
        return new Run(request, events, cancellation).answer(finder, memory);
    }

    /** One question. */
    private final class Run {
        private final AskRequest request;
        private final Consumer<AskEvent> events;
        private final Cancellation cancellation;
        private final Instant asked = Instant.now();
        private final long start = System.nanoTime();
        private final List<Step> steps = new ArrayList<>();
        private final List<Attempt> attempts = new ArrayList<>();
        private long firstTextMillis = -1;
        private long retrieved = -1;

        // How far it has come, for the trace of a failure.
        private Optional<Phase> phase = Optional.empty();
        private long phaseStart = start;
        private String conversation = "";
        private String query = "";
        private AskContext context = new AskContext(List.of(), 0, 0, Map.of());
        private boolean over;

        Run(AskRequest request, Consumer<AskEvent> events, Cancellation cancellation) {
            this.request = request;
            this.events = events;
            this.cancellation = cancellation;
        }

        AskAnswer answer(ContextFinder finder, AnswerMemory memory) {
            try {
                return answered(finder, memory);
            } catch (RuntimeException | Error failure) {
                if (!over) {
                    fails(failure);
                }
                throw failure;
            }
        }

        /** Tells how far the question came; if that fails too, the first failure is the one that counts. */
        private void fails(Throwable failure) {
            phase.ifPresent(broken -> steps.add(Step.since(step(broken), phaseStart)));
            ChatResult none = ChatResult.none(
                    cancellation.isCancelled() ? ChatResult.Status.CANCELLED : ChatResult.Status.UNAVAILABLE,
                    attempts,
                    elapsed(),
                    reason(failure));
            AskAnswer soFar = new AskAnswer(
                    UUID.randomUUID().toString(),
                    request.question(),
                    query.isEmpty() ? request.question() : query,
                    conversation,
                    AskAnswer.Kind.NONE,
                    "",
                    context,
                    new Citations(List.of(), List.of()),
                    none,
                    timings());
            try {
                events.accept(new AskEvent.Failed(soFar, failure));
            } catch (RuntimeException second) {
                failure.addSuppressed(second);
            }
        }

        /** What went wrong; of a defect its kind alone, since its words may be anything. */
        private static String reason(Throwable failure) {
            return failure instanceof QuarryException known && known.code() != ErrorCode.INTERNAL
                    ? known.code() + ": " + known.getMessage()
                    : ErrorCode.INTERNAL + ": " + failure.getClass().getSimpleName();
        }

        private static Step.Kind step(Phase phase) {
            return switch (phase) {
                case RECALL -> Step.Kind.RECALL;
                case RETRIEVE -> Step.Kind.SEARCH;
                case GENERATE -> Step.Kind.GENERATE;
                case CHECK -> Step.Kind.CHECK;
            };
        }

        private void ended(AskAnswer answer) {
            over = true;
            events.accept(new AskEvent.Answered(answer));
        }

        private AskAnswer answered(ContextFinder finder, AnswerMemory memory) {
            Optional<Given> given = request.given();
            conversation = given.isPresent() ? "" : request.conversation().orElseGet(this::begun);
            List<Turn> history = given.isPresent() ? given.get().turns() : conversations.history(conversation);
            boolean remembers = !memory.equals(AnswerMemory.NONE)
                    && settings.cache()
                    && history.isEmpty()
                    && isRepeatable()
                    && preferred().isPresent();
            if (remembers && !request.fresh()) {
                Optional<AskAnswer> before = recalled(memory);
                if (before.isPresent()) {
                    return before.get();
                }
            }
            AskAnswer answer = written(finder, history);
            ended(answer);
            if (remembers && isWorthKeeping(answer)) {
                ChatResult model = answer.model();
                memory.keep(answer, maker(model.backend(), model.model()));
            }
            return answer;
        }

        private boolean isRepeatable() {
            return request.given().map(Given::repeatable).orElse(true);
        }

        /** The backend that is asked first. */
        private Optional<BackendConfig> preferred() {
            Optional<String> first = request.backends().stream().findFirst();
            return pool.backends().stream()
                    .filter(backend -> first.map(backend.name()::equals).orElse(true))
                    .findFirst();
        }

        private AnswerMemory.Maker maker(String backend, String model) {
            String prompt = AskPrompt.VERSION + "/" + budget();
            String given = request.given().map(Given::key).orElse("");
            return new AnswerMemory.Maker(backend + "/" + model, given.isEmpty() ? prompt : prompt + "/" + given);
        }

        private int budget() {
            return request.contextTokens().orElse(settings.contextTokens());
        }

        private Optional<AskAnswer> recalled(AnswerMemory memory) {
            BackendConfig backend = preferred().orElseThrow();
            began(Phase.RECALL);
            long looked = System.nanoTime();
            Optional<AnswerMemory.Remembered> found =
                    memory.find(request.question(), maker(backend.name(), backend.model()));
            steps.add(Step.since(Step.Kind.RECALL, looked));
            return found.map(before -> {
                retrieved = elapsed();
                List<Source> sources = before.context().sources();
                events.accept(new AskEvent.Sources(sources));
                told(before.text());
                conversations.add(conversation, new Turn(request.question(), before.text()));
                ChatResult model = ChatResult.kept(before.text(), backend.name(), backend.model());
                List<Integer> numbers = sources.stream().map(Source::number).toList();
                AskAnswer answer = new AskAnswer(
                        before.id(),
                        request.question(),
                        request.question(),
                        conversation,
                        AskAnswer.Kind.CACHED,
                        before.text(),
                        before.context(),
                        new Citations(numbers, List.of()),
                        model,
                        timings());
                ended(answer);
                return answer;
            });
        }

        private static boolean isWorthKeeping(AskAnswer answer) {
            return answer.kind() == AskAnswer.Kind.MODEL
                    && answer.model().status() == ChatResult.Status.COMPLETE
                    && answer.model().stop().isEmpty() // it ended where it was told to, and may not be all
                    && answer.citations().unknown().isEmpty()
                    && !answer.citations().known().isEmpty();
        }

        private AskAnswer written(ContextFinder finder, List<Turn> history) {
            query = FollowUp.query(request.question(), history);
            began(Phase.RETRIEVE);
            context = finder.find(
                    query, budget(), preferred().map(BackendConfig::model).orElse(""));
            retrieved = elapsed();
            steps.addAll(context.retrieval().steps());
            events.accept(new AskEvent.Sources(context.sources()));
            began(Phase.GENERATE);
            long generating = System.nanoTime();
            String further = request.given().map(Given::instructions).orElse("");
            ChatResult reply = reply(AskPrompt.messages(request.question(), context.sources(), history, further));
            steps.add(Step.since(Step.Kind.GENERATE, generating));
            boolean written = !reply.text().isBlank();
            boolean wanted = reply.status() != ChatResult.Status.CANCELLED;
            String text = written || !wanted ? reply.text() : extract(context.sources(), reply);
            began(Phase.CHECK);
            long checking = System.nanoTime();
            Citations citations = Citations.of(text, context.sources().size());
            steps.add(Step.since(Step.Kind.CHECK, checking));
            if (written) {
                conversations.add(conversation, new Turn(request.question(), text));
            }
            return new AskAnswer(
                    UUID.randomUUID().toString(),
                    request.question(),
                    query,
                    conversation,
                    written ? AskAnswer.Kind.MODEL : AskAnswer.Kind.EXTRACT,
                    text,
                    context,
                    citations,
                    reply,
                    timings());
        }

        private AskAnswer.Timings timings() {
            return new AskAnswer.Timings(retrieved, firstTextMillis, elapsed(), asked, start, steps);
        }

        private String begun() {
            String id = UUID.randomUUID().toString();
            conversations.begin(id);
            return id;
        }

        private ChatResult reply(List<dev.quarry.llm.ChatMessage> messages) {
            ChatSink sink = new ChatSink() {
                @Override
                public void text(String part) {
                    told(part);
                }

                @Override
                public void attempt(Attempt attempt) {
                    attempts.add(attempt);
                    events.accept(new AskEvent.Tried(attempt));
                }
            };
            ChatRequest chat =
                    request.given().map(given -> given.request(messages)).orElseGet(() -> ChatRequest.of(messages));
            return request.backends().isEmpty()
                    ? pool.chat(chat, sink, cancellation)
                    : pool.chat(request.backends(), chat, sink, cancellation);
        }

        private String extract(List<Source> sources, ChatResult reply) {
            String why = reply.detail().isEmpty() ? "the model replied with nothing" : reply.detail();
            String text = Extract.text(sources, why);
            told(text);
            return text;
        }

        private void told(String part) {
            if (firstTextMillis < 0) {
                firstTextMillis = elapsed();
            }
            events.accept(new AskEvent.Text(part));
        }

        private void began(Phase next) {
            phase = Optional.of(next);
            phaseStart = System.nanoTime();
            events.accept(new AskEvent.Began(next, elapsed()));
        }

        private long elapsed() {
            return (System.nanoTime() - start) / 1_000_000;
        }
    }
}
