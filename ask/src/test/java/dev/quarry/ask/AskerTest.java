package dev.quarry.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.ask.AskAnswer.Kind;
import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.Cancellation;
import dev.quarry.llm.ChatMessage;
import dev.quarry.llm.ChatResult.Status;
import dev.quarry.schema.QuarryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskerTest {
    private final List<AskEvent> events = new ArrayList<>();

    private AskAnswer ask(Asker asker, AskRequest request) {
        events.clear();
        return asker.ask(request, Sample.finding(Sample.BLANK, Sample.TRIM), events::add, new Cancellation());
    }

    private static AskRequest inConversation(String question, String conversation) {
        return new AskRequest(
                question, Optional.of(conversation), OptionalInt.empty(), List.of(), false, Optional.empty());
    }

    @Test
    void ask_withAModel_givesSourcesBeforeTextAndChecksCitations() {
        try (FakeProvider provider = new FakeProvider().saying("It tests ", "blanks [1], see [9].");
                BackendPool pool = Sample.pool(provider)) {
            AskAnswer answer = ask(new Asker(pool, AskSettings.DEFAULT), AskRequest.of("What does isBlank do?"));
            assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                    .containsExactly("Began", "Sources", "Began", "Text", "Text", "Tried", "Began", "Answered");
            assertThat(answer.kind()).isEqualTo(Kind.MODEL);
            assertThat(answer.text()).isEqualTo("It tests blanks [1], see [9].");
            assertThat(answer.citations()).isEqualTo(new Citations(List.of(1), List.of(9)));
            assertThat(answer.cited()).extracting(Source::symbol).containsExactly("a.Text#m1()");
            assertThat(answer.context().sequence()).isEqualTo(7);
            assertThat(provider.seen().getFirst().body())
                    .contains("isBlank(String text)", "Question: What does isBlank do?");
        }
    }

    /** Remembers by the very words. */
    private static final class Verbatim implements AnswerMemory {
        private final Map<String, Remembered> answers = new HashMap<>();

        @Override
        public Optional<Remembered> find(String question, Maker maker) {
            return Optional.ofNullable(answers.get(question + maker));
        }

        @Override
        public void keep(AskAnswer answer, Maker maker) {
            answers.put(
                    answer.question() + maker, new Remembered("again-" + answer.id(), answer.text(), answer.context()));
        }
    }

    @Test
    void ask_whatIsRemembered_comesFromMemoryOfTheSameMakerOnly() {
        Verbatim memory = new Verbatim();
        try (FakeProvider provider = new FakeProvider().saying("It tests blanks [1].");
                BackendPool pool = Sample.pool(provider)) {
            Asker asker = new Asker(pool, AskSettings.DEFAULT);
            for (Kind kind : List.of(Kind.MODEL, Kind.CACHED)) {
                AskAnswer answer = remembering(asker, memory, AskRequest.of("blank?"));
                assertThat(answer.kind()).isEqualTo(kind);
                assertThat(answer.text()).isEqualTo("It tests blanks [1].");
            }
            AskRequest wider = new AskRequest(
                    "blank?", Optional.empty(), OptionalInt.of(9_000), List.of(), false, Optional.empty());
            assertThat(remembering(asker, memory, wider).kind()).isEqualTo(Kind.MODEL);
            assertThat(provider.seen()).hasSize(2);
        }
    }

    @Test
    void ask_ofSomeBackends_isAnsweredByTheFirstOfThemThatIsWell() {
        try (FakeProvider never = new FakeProvider();
                FakeProvider down = new FakeProvider().failing(Fault.FAILING);
                FakeProvider well = new FakeProvider();
                BackendPool pool = new BackendPool(
                        List.of(backend("never", never), backend("down", down), backend("well", well)), Map.of())) {
            AskRequest request = new AskRequest(
                    "blank?", Optional.empty(), OptionalInt.empty(), List.of("down", "well"), false, Optional.empty());
            AskAnswer answer = ask(new Asker(pool, AskSettings.DEFAULT), request);
            assertThat(answer.kind()).isEqualTo(Kind.MODEL);
            assertThat(answer.model().backend()).isEqualTo("well");
            assertThat(down.seen()).hasSize(1);
            assertThat(never.seen()).isEmpty();
        }
    }

    private static BackendConfig backend(String name, FakeProvider provider) {
        return BackendConfig.of(name, BackendKind.OPENAI, provider.url(), FakeProvider.MODEL)
                .withRetries(0);
    }

    @Test
    void ask_withAGivenConversation_tellsItToTheModelAndKeepsNone() {
        Given given = new Given(
                "Answer in verse.",
                List.of(ChatMessage.user("What is blank?"), ChatMessage.assistant("Spaces [3].")),
                OptionalInt.of(99),
                OptionalDouble.of(0.5),
                OptionalDouble.empty(),
                List.of("END"),
                true);
        AskRequest request = new AskRequest(
                "Who tests for it?", Optional.empty(), OptionalInt.empty(), List.of(), false, Optional.of(given));
        try (FakeProvider provider = new FakeProvider().saying("isBlank does [1].");
                BackendPool pool = Sample.pool(provider)) {
            AskAnswer answer = ask(new Asker(pool, AskSettings.DEFAULT), request);
            assertThat(answer.conversation()).isEmpty();
            assertThat(answer.query()).contains("Who tests for it?", "What is blank?");
            assertThat(provider.seen().getFirst().body())
                    .contains("Answer in verse.", "What is blank?", "Spaces .", "99", "0.5", "END");
        }
    }

    @Test
    void key_ofWhatIsGiven_differsByInstructionsAndSampling() {
        Given nothing = given("", OptionalDouble.empty());
        assertThat(nothing.key()).isEmpty();
        assertThat(Set.of(
                        given("a", OptionalDouble.empty()).key(),
                        given("b", OptionalDouble.empty()).key(),
                        given("a", OptionalDouble.of(0)).key()))
                .hasSize(3);
    }

    private static Given given(String instructions, OptionalDouble temperature) {
        return new Given(
                instructions, List.of(), OptionalInt.empty(), temperature, OptionalDouble.empty(), List.of(), true);
    }

    @Test
    void ask_whatIsKept_isToldBeforeItIsKept() {
        List<String> order = new ArrayList<>();
        AnswerMemory memory = new AnswerMemory() {
            @Override
            public Optional<Remembered> find(String question, Maker maker) {
                return Optional.empty();
            }

            @Override
            public void keep(AskAnswer answer, Maker maker) {
                order.addAll(events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList());
                order.add("kept");
            }
        };
        try (FakeProvider provider = new FakeProvider().saying("It tests blanks [1].");
                BackendPool pool = Sample.pool(provider)) {
            remembering(new Asker(pool, AskSettings.DEFAULT), memory, AskRequest.of("blank?"));
        }
        assertThat(order).endsWith("Answered", "kept");
    }

    @Test
    void ask_groundlessOrBrokenAnswers_areNotKept() {
        Verbatim memory = new Verbatim();
        for (FakeProvider each : List.of(
                new FakeProvider().saying("Somewhere [9]."),
                new FakeProvider().saying("No idea."),
                new FakeProvider().saying("It tests [1]", "…").failing(Fault.CUT))) {
            try (FakeProvider provider = each;
                    BackendPool pool = Sample.pool(provider)) {
                remembering(new Asker(pool, AskSettings.DEFAULT), memory, AskRequest.of("blank?"));
            }
        }
        assertThat(memory.answers).isEmpty();
    }

    @Test
    void ask_answerThatEndsAtAStopText_isNotKept() {
        Verbatim memory = new Verbatim();
        try (FakeProvider provider = new FakeProvider().saying("It tests [1].").failing(Fault.STOPPED);
                BackendPool pool = Sample.pool(provider, BackendKind.ANTHROPIC)) {
            Asker asker = new Asker(pool, AskSettings.DEFAULT);
            AskAnswer cut = remembering(asker, memory, AskRequest.of("blank?"));
            assertThat(cut.model().stop()).isEqualTo(FakeProvider.STOP);
            assertThat(memory.answers).isEmpty();
            remembering(asker, memory, AskRequest.of("blank?"));
            assertThat(memory.answers).hasSize(1);
        }
    }

    private AskAnswer remembering(Asker asker, AnswerMemory memory, AskRequest request) {
        return asker.ask(request, Sample.finding(Sample.BLANK, Sample.TRIM), memory, events::add, new Cancellation());
    }

    @Test
    void ask_withoutAModel_isAnExtractThatSaysSo() {
        try (BackendPool none = new BackendPool(List.of(), Map.of())) {
            AskAnswer answer = ask(new Asker(none, AskSettings.DEFAULT), AskRequest.of("blank?"));
            assertThat(answer.kind()).isEqualTo(Kind.EXTRACT);
            assertThat(answer.text())
                    .contains("No language model wrote this answer: no backend is configured")
                    .contains("[1]", "src/a/Text.java:1", "Whether a text is blank.")
                    .doesNotContain("More about that");
            assertThat(answer.citations()).isEqualTo(new Citations(List.of(1, 2), List.of()));
            assertThat(answer.model().status()).isEqualTo(Status.UNAVAILABLE);
        }
    }

    @Test
    void ask_thatFails_tellsHowFarItCame() {
        try (BackendPool none = new BackendPool(List.of(), Map.of())) {
            Asker asker = new Asker(none, AskSettings.DEFAULT);
            RuntimeException broken = new IllegalStateException("secret detail");
            assertThatThrownBy(() -> asker.ask(
                            AskRequest.of("blank?"),
                            (_, _, _) -> {
                                throw broken;
                            },
                            events::add,
                            new Cancellation()))
                    .isSameAs(broken);
            assertThat(events.getLast()).isInstanceOfSatisfying(AskEvent.Failed.class, failed -> {
                assertThat(failed.cause()).isSameAs(broken);
                assertThat(failed.soFar().kind()).isEqualTo(Kind.NONE);
                assertThat(failed.soFar().question()).isEqualTo("blank?");
                assertThat(failed.soFar().model().detail()).isEqualTo("INTERNAL: IllegalStateException");
                assertThat(failed.soFar().timings().steps())
                        .extracting(Step::kind)
                        .containsExactly(Step.Kind.SEARCH);
            });
            assertThatThrownBy(() -> ask(asker, inConversation("blank?", "no-such")))
                    .isInstanceOf(QuarryException.class);
            assertThat(events)
                    .hasSize(1)
                    .first()
                    .isInstanceOfSatisfying(
                            AskEvent.Failed.class,
                            failed ->
                                    assertThat(failed.soFar().model().detail()).startsWith("NOT_FOUND: "));
        }
    }

    @Test
    void ask_failingModel_isAnExtract() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.REFUSING);
                BackendPool pool = Sample.pool(provider)) {
            AskAnswer answer = ask(new Asker(pool, AskSettings.DEFAULT), AskRequest.of("blank?"));
            assertThat(answer.kind()).isEqualTo(Kind.EXTRACT);
            assertThat(answer.text()).contains("no backend could answer");
        }
    }

    @Test
    void ask_cutReply_keepsWhatCameAndSaysSo() {
        try (FakeProvider provider =
                        new FakeProvider().saying("It tests [1]", "…").failing(Fault.CUT);
                BackendPool pool = Sample.pool(provider)) {
            AskAnswer answer = ask(new Asker(pool, AskSettings.DEFAULT), AskRequest.of("blank?"));
            assertThat(answer.kind()).isEqualTo(Kind.MODEL);
            assertThat(answer.text()).isEqualTo("It tests [1]");
            assertThat(answer.model().status()).isEqualTo(Status.BROKEN);
            assertThat(answer.model().detail()).contains("broke off");
        }
    }

    @Test
    void ask_inAConversation_sendsItsBoundedHistoryWithoutOldCitations() {
        try (FakeProvider provider = new FakeProvider().saying("Answer [1].");
                BackendPool pool = Sample.pool(provider)) {
            Asker asker = new Asker(pool, new AskSettings(8_000, 2, 12_000, true));
            String id = ask(asker, AskRequest.of("What does the method number one do with blanks?"))
                    .conversation();
            AskAnswer second = ask(asker, inConversation("Who calls it?", id));
            assertThat(second.query()).contains("Who calls it?", "number one");
            assertThat(second.conversation()).isEqualTo(id);
            ask(asker, inConversation("Third question?", id));
            ask(asker, inConversation("Fourth question?", id));
            String last = provider.seen().getLast().body();
            assertThat(last).contains("Who calls it?", "Third question?").doesNotContain("number one");
            assertThat(last).contains("Answer .").doesNotContain("Answer [1].");
            assertThatThrownBy(() -> ask(asker, inConversation("x", "no-such")))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("no-such");
        }
    }

    @Test
    void ask_cancelled_endsWithWhatThereIs() {
        Cancellation cancellation = new Cancellation();
        try (FakeProvider provider = new FakeProvider();
                BackendPool pool = Sample.pool(provider)) {
            AskAnswer answer = new Asker(pool, AskSettings.DEFAULT)
                    .ask(
                            AskRequest.of("blank?"),
                            Sample.finding(Sample.BLANK),
                            event -> {
                                if (event instanceof AskEvent.Text) {
                                    cancellation.cancel();
                                }
                            },
                            cancellation);
            assertThat(answer.text()).startsWith("Hello");
            assertThat(answer.model().status()).isIn(Status.CANCELLED, Status.COMPLETE);
        }
    }
}
