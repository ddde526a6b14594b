package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ask.AnswerMemory;
import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskContext;
import dev.quarry.ask.Citations;
import dev.quarry.ask.Source;
import dev.quarry.llm.ChatResult;
import dev.quarry.schema.ContentHash;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that were written while the graph moved on, or whose code changes before it is quoted again. */
class CachedAnswersTest {
    private static final AnswerMemory.Maker MAKER = new AnswerMemory.Maker("fake/model", "1/8000");
    private static final String QUESTION = "What does trim do?";

    @TempDir
    private Path store;

    private MemoryBackend backend = new MemoryBackend(Path.of("none"));
    private CachedAnswers memory = new CachedAnswers(backend);

    @BeforeEach
    void open() {
        backend = new MemoryBackend(store);
        memory = new CachedAnswers(backend);
    }

    @AfterEach
    void close() {
        backend.answers().close();
    }

    private static AskAnswer answer(AskContext context) {
        return new AskAnswer(
                "id",
                QUESTION,
                QUESTION,
                "conversation",
                AskAnswer.Kind.MODEL,
                "It trims [1].",
                context,
                new Citations(List.of(1), List.of()),
                ChatResult.kept("It trims [1].", "fake", "model"),
                new AskAnswer.Timings(1, 1, 1));
    }

    private AskContext found() {
        return new BackendFinder(backend).find(QUESTION, 8_000, "");
    }

    @Test
    void find_graphAsItWas_givesTheAnswerWithItsCode() {
        AskContext context = found();
        memory.keep(answer(context), MAKER);
        assertThat(memory.find(QUESTION, MAKER)).hasValueSatisfying(before -> {
            assertThat(before.text()).isEqualTo("It trims [1].");
            assertThat(before.context().sources())
                    .extracting(Source::id)
                    .containsExactly(context.sources().getFirst().id());
        });
    }

    @Test
    void find_writtenFromAnOlderState_isNotTakenForCurrent() {
        AskContext context = found();
        backend.release.countDown();
        backend.index(store, IndexOptions.defaults(), IndexProgress.NONE);
        memory.keep(answer(context), MAKER);
        assertThat(backend.answers().entries(0, 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.sequence()).isEqualTo(context.sequence()));
        assertThat(memory.find(QUESTION, MAKER)).isEmpty();
        assertThat(backend.answers().stats().stale()).isEqualTo(1);
    }

    @Test
    void findAndKeep_embedderFails_areAMissAndCounted() {
        AskContext context = found();
        backend.embedderFailure = () -> new IllegalStateException("the embedding model is closed");
        memory.keep(answer(context), MAKER);
        assertThat(memory.find(QUESTION, MAKER)).isEmpty();
        assertThat(backend.answers().stats().failures()).isEqualTo(2);
        assertThat(backend.answers().stats().entries()).isZero();
    }

    private static Source with(Source source, ContentHash content, String text) {
        return new Source(
                1,
                source.id(),
                source.symbol(),
                source.file(),
                source.startLine(),
                source.endLine(),
                source.extent(),
                source.why(),
                content,
                Map.of(),
                text);
    }

    private void keepFrom(Source source) {
        AskContext context = new AskContext(List.of(source), 1, backend.sequence(), Map.of());
        memory.keep(answer(context), MAKER);
    }

    @Test
    void find_codeThatChangesBeforeItIsQuoted_isNotServed() {
        Source first = found().sources().getFirst();
        keepFrom(with(first, ContentHash.ofText("as it was before"), first.text()));
        assertThat(memory.find(QUESTION, MAKER)).isEmpty();
        assertThat(backend.answers().stats()).satisfies(stats -> {
            assertThat(stats.hits()).as("what is not shown is no hit").isZero();
            assertThat(stats.tokensSaved()).isZero();
            assertThat(stats.stale()).isEqualTo(1);
            assertThat(stats.entries()).isZero();
        });
    }

    @Test
    void find_commentThatHasChanged_isNotServed_layoutThatHasIs() {
        Source first = found().sources().getFirst();
        keepFrom(with(first, first.content(), "// Not for several threads.\n" + first.text()));
        assertThat(memory.find(QUESTION, MAKER)).isEmpty();
        keepFrom(with(first, first.content(), first.text().replace(" ", "\n    ")));
        assertThat(memory.find(QUESTION, MAKER)).isPresent();
    }
}
