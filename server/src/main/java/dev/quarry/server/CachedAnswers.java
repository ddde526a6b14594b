package dev.quarry.server;

import dev.quarry.ask.AnswerMemory;
import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskContext;
import dev.quarry.ask.Citations;
import dev.quarry.ask.Source;
import dev.quarry.llm.ChatResult;
import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheQuestion;
import dev.quarry.rag.CacheScope;
import dev.quarry.rag.Citation;
import dev.quarry.rag.NewAnswer;
import dev.quarry.rag.PackedContext;
import dev.quarry.rag.ServedAnswer;
import dev.quarry.schema.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers answers in the cache of a store. */
public final class CachedAnswers implements AnswerMemory {
    private static final Logger log = LoggerFactory.getLogger(CachedAnswers.class);

    private final Backend backend;

    /** Remembers what is said about what this backend answers for, as it is now. */
    public CachedAnswers(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Optional<Remembered> find(String question, Maker maker) {
        return working(() -> {
            long sequence = backend.sequence();
            long start = System.nanoTime();
            Optional<CacheQuestion> asked = question(question, maker, sequence);
            asked.ifPresent(_ -> backend.answers().embedded(System.nanoTime() - start));
            return asked.flatMap(this::find);
        });
    }

    /** What the work finds; nothing, counted and logged, if something that it needs does not work. */
    private <T> Optional<T> working(Supplier<Optional<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError failure) {
            backend.answers().failed();
            log.warn("the answer cache was passed over", failure);
            return Optional.empty();
        }
    }

    private Optional<Remembered> find(CacheQuestion question) {
        List<Remembered> shown = new ArrayList<>();
        AnswerCache.Lookup ignored = backend.answers()
                .find(question, hit -> remembered(hit).map(shown::add).orElse(false));
        return shown.stream().findFirst();
    }

    /** The answer with the code that it cites; empty where that cannot be had as it was, or has changed since the hit. */
    private Optional<Remembered> remembered(AnswerCache.Lookup.Hit hit) {
        NewAnswer answer = hit.answer().answer();
        List<NodeId> cited = answer.citations().stream().map(Citation::id).toList();
        List<Integer> numbers = Citations.numbers(answer.text());
        if (numbers.size() != cited.size()) {
            return Optional.empty();
        }
        Optional<AskContext> context = new BackendFinder(backend).quoted(cited, numbers);
        return context.filter(found -> holds(answer.citations(), found.sources()))
                .map(found -> new Remembered(
                        new ServedAnswer(hit.answer().id(), hit.similarity()).newId(), answer.text(), found));
    }

    /** Whether the sources, in the order of the citations, are as they were cited: what is quoted now is what was read. */
    private static boolean holds(List<Citation> citations, List<Source> sources) {
        return IntStream.range(0, citations.size())
                .allMatch(i -> citations
                        .get(i)
                        .holds(sources.get(i).content(), sources.get(i).text()));
    }

    /** What a source shows of a declaration: comments only where it shows all of it. */
    private static Citation citation(Source source) {
        return source.extent().equals(PackedContext.Extent.BODY.name())
                ? Citation.ofSource(source.id(), source.content(), source.text())
                : Citation.ofSyntax(source.id(), source.content());
    }

    @Override
    public void keep(AskAnswer answer, Maker maker) {
        ChatResult model = answer.model();
        NewAnswer kept = new NewAnswer(
                answer.text(),
                answer.cited().stream().map(CachedAnswers::citation).toList(),
                (long) model.usage().inputTokens() + model.usage().outputTokens(),
                model.costUsd().orElse(0),
                Duration.ofMillis(answer.timings().totalMillis()));
        // Of the state that the code was read at: the graph may have moved on while the model wrote.
        Optional<String> ignored = working(
                () -> question(answer.question(), maker, answer.context().sequence())
                        .flatMap(asked -> backend.answers().keep(asked, kept)));
    }

    /**
     * The question with its vector; empty without an embedding model. A store is of one work tree, so that no tenant,
     * repository or branch has to be told apart: what another branch has changed, the contents of what is cited tell.
     */
    private Optional<CacheQuestion> question(String text, Maker maker, long sequence) {
        Optional<float[]> vector = backend.vector(text);
        CacheScope scope = new CacheScope("", "", "", maker.model(), maker.prompt());
        return vector.map(numbers -> new CacheQuestion(text, scope, sequence, numbers));
    }
}
