package dev.quarry.ask;

import dev.quarry.ask.AskEvent.Phase;
import dev.quarry.llm.Attempt;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.Cancellation;
import dev.quarry.llm.ChatRequest;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.ChatSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
     * @throws dev.quarry.schema.QuarryException NOT_FOUND if there is no such conversation or backend
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
        private long firstTextMillis = -1;

        Run(AskRequest request, Consumer<AskEvent> events, Cancellation cancellation) {
            this.request = request;
            this.events = events;
            this.cancellation = cancellation;
        }

        AskAnswer answer(ContextFinder finder, AnswerMemory memory) {
            Optional<Given> given = request.given();
            String conversation =
                    given.isPresent() ? "" : request.conversation().orElseGet(this::begun);
            List<Turn> history = given.isPresent() ? given.get().turns() : conversations.history(conversation);
            boolean remembers = !memory.equals(AnswerMemory.NONE)
                    && settings.cache()
                    && history.isEmpty()
                    && isRepeatable()
                    && preferred().isPresent();
            if (remembers && !request.fresh()) {
                Optional<AskAnswer> before = recalled(memory, conversation);
                if (before.isPresent()) {
                    return before.get();
                }
            }
            AskAnswer answer = written(finder, conversation, history);
            events.accept(new AskEvent.Answered(answer));
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
            return pool.backends().stream()
                    .filter(backend ->
                            request.backend().map(backend.name()::equals).orElse(true))
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

        private Optional<AskAnswer> recalled(AnswerMemory memory, String conversation) {
            BackendConfig backend = preferred().orElseThrow();
            began(Phase.RECALL);
            long looked = System.nanoTime();
            Optional<AnswerMemory.Remembered> found =
                    memory.find(request.question(), maker(backend.name(), backend.model()));
            steps.add(Step.since(Step.Kind.RECALL, looked));
            return found.map(before -> {
                long retrieved = elapsed();
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
                        timings(retrieved));
                events.accept(new AskEvent.Answered(answer));
                return answer;
            });
        }

        private static boolean isWorthKeeping(AskAnswer answer) {
            return answer.kind() == AskAnswer.Kind.MODEL
                    && answer.model().status() == ChatResult.Status.COMPLETE
                    && answer.citations().unknown().isEmpty()
                    && !answer.citations().known().isEmpty();
        }

        private AskAnswer written(ContextFinder finder, String conversation, List<Turn> history) {
            String query = FollowUp.query(request.question(), history);
            began(Phase.RETRIEVE);
            AskContext context = finder.find(
                    query, budget(), preferred().map(BackendConfig::model).orElse(""));
            final long retrieved = elapsed();
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
                    timings(retrieved));
        }

        private AskAnswer.Timings timings(long retrieved) {
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
                    events.accept(new AskEvent.Tried(attempt));
                }
            };
            ChatRequest chat =
                    request.given().map(given -> given.request(messages)).orElseGet(() -> ChatRequest.of(messages));
            return request.backend().isPresent()
                    ? pool.chat(request.backend().get(), chat, sink, cancellation)
                    : pool.chat(chat, sink, cancellation);
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

        private void began(Phase phase) {
            events.accept(new AskEvent.Began(phase, elapsed()));
        }

        private long elapsed() {
            return (System.nanoTime() - start) / 1_000_000;
        }
    }
}
