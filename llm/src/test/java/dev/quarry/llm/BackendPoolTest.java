package dev.quarry.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.Attempt.Outcome;
import dev.quarry.llm.BackendHealth.State;
import dev.quarry.llm.ChatResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backends against servers that speak the wire formats, well and badly. */
class BackendPoolTest {
    private static final ChatRequest QUESTION =
            ChatRequest.of(List.of(ChatMessage.system("Be brief."), ChatMessage.user("Greet the world.")));
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<String> heard = new ArrayList<>();

    private static BackendPool pool(BackendConfig... backends) {
        return new BackendPool(List.of(backends), Map.of("LLM_KEY", "sk-secret"));
    }

    private ChatResult ask(BackendPool pool) {
        return pool.chat(QUESTION, heard::add, new Cancellation());
    }

    private static List<Outcome> outcomes(ChatResult result) {
        return result.attempts().stream().map(Attempt::outcome).toList();
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_ofEachKind_streamsTextAndCountsTokens(BackendKind kind) {
        try (FakeProvider provider = new FakeProvider();
                BackendPool pool = pool(Fakes.backend(provider, "a", kind)
                        .withKey(new Secret.Environment("LLM_KEY"))
                        .withPrices(new BackendConfig.Prices(1, 2)))) {
            ChatResult result = ask(pool);
            assertThat(result.status()).as(result.detail() + result.attempts()).isEqualTo(Status.COMPLETE);
            assertThat(heard).containsExactly("Hello", ", ", "world");
            assertThat(result.text()).isEqualTo("Hello, world");
            assertThat(result.backend()).isEqualTo("a");
            assertThat(result.usage().inputTokens()).isEqualTo(11);
            assertThat(result.usage().outputTokens()).isBetween(3, 4);
            assertThat(result.usage().estimated()).isFalse();
            assertThat(result.costUsd()).isPresent();
            assertThat(result.firstTokenMillis()).isBetween(0L, result.millis());
            FakeProvider.Seen request = provider.seen().getFirst();
            assertThat(request.body()).contains("Be brief.", "Greet the world.", "\"tiny\"");
            if (kind != BackendKind.OLLAMA) {
                assertThat(request.authorization()).endsWith("sk-secret");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_pastTheLimitOfTokens_saysSo(BackendKind kind) {
        try (FakeProvider provider = new FakeProvider().failing(Fault.TOO_LONG);
                BackendPool pool = pool(Fakes.backend(provider, "a", kind))) {
            assertThat(ask(pool).status()).isEqualTo(Status.TRUNCATED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"FAILING", "REFUSING", "GARBAGE", "WEB_PAGE", "RATE_LIMITED_LONG"})
    void chat_failingBeforeTheFirstToken_goesToTheNextWithoutNotice(Fault fault) {
        for (BackendKind kind : BackendKind.values()) {
            heard.clear();
            try (FakeProvider bad = new FakeProvider().failing(fault);
                    FakeProvider good = new FakeProvider();
                    BackendPool pool = pool(Fakes.backend(bad, "bad", kind), Fakes.backend(good, "good", kind))) {
                ChatResult result = ask(pool);
                assertThat(result.status()).as(kind + " " + result).isEqualTo(Status.COMPLETE);
                assertThat(result.backend()).isEqualTo("good");
                assertThat(result.attempts()).hasSize(2);
                assertThat(result.attempts().getFirst().detail()).isNotBlank();
                assertThat(String.join("", heard)).isEqualTo("Hello, world");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_silentBackend_timesOutAndGoesToTheNext(BackendKind kind) {
        try (FakeProvider bad = new FakeProvider().failing(Fault.SILENT);
                FakeProvider good = new FakeProvider();
                BackendPool pool = pool(
                        Fakes.backend(bad, "bad", kind).withTimes(SHORT, Duration.ofSeconds(5)),
                        Fakes.backend(good, "good", kind))) {
            ChatResult result = ask(pool);
            assertThat(outcomes(result)).containsExactly(Outcome.TIMED_OUT, Outcome.ANSWERED);
            assertThat(result.text()).isEqualTo("Hello, world");
        }
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_modelThatThinksForLongerThanTheFirstTokenMayTake_isWaitedForWhileItSaysSo(BackendKind kind) {
        Duration shorter = FakeProvider.THOUGHT_TIME.multipliedBy(FakeProvider.THOUGHTS - 3);
        try (FakeProvider provider = new FakeProvider().failing(Fault.THINKING);
                BackendPool pool = pool(
                        Fakes.backend(provider, "a", kind).withRetries(0).withTimes(shorter, Duration.ofMinutes(1)))) {
            ChatResult result = ask(pool);
            assertThat(result.status()).as(result.detail() + result.attempts()).isEqualTo(Status.COMPLETE);
            assertThat(heard).containsExactly("Hello", ", ", "world");
        }
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_cutBehindTheFirstToken_endsThereAndSaysSo(BackendKind kind) {
        for (Fault fault : List.of(Fault.CUT, Fault.ENDLESS)) {
            heard.clear();
            try (FakeProvider bad = new FakeProvider().failing(fault);
                    FakeProvider good = new FakeProvider().saying("another voice");
                    BackendPool pool = pool(Fakes.backend(bad, "bad", kind), Fakes.backend(good, "good", kind))) {
                ChatResult result = ask(pool);
                assertThat(result.status()).as(fault + " " + result).isEqualTo(Status.BROKEN);
                assertThat(heard).containsExactly("Hello");
                assertThat(result.detail()).contains("'bad'", "broke off");
                assertThat(outcomes(result)).containsExactly(Outcome.BROKEN_OFF);
                assertThat(result.usage().estimated()).isTrue();
                assertThat(good.seen()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_failureReportedWithinTheReply_isTold(BackendKind kind) {
        for (String part : List.of("", "Hello")) {
            try (FakeProvider provider = new FakeProvider().saying(part).failing(Fault.REPORTING);
                    BackendPool pool = pool(Fakes.backend(provider, "a", kind))) {
                ChatResult result = ask(pool);
                assertThat(result.attempts().getFirst().detail())
                        .as(result.toString())
                        .startsWith("reported: {")
                        .contains("out of order");
                assertThat(result.status()).isEqualTo(part.isEmpty() ? Status.UNAVAILABLE : Status.BROKEN);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BackendKind.class)
    void chat_replyThatIsNoneOrHasNoEnd_isSaidWithAVerb(BackendKind kind) {
        try (FakeProvider provider = new FakeProvider().failing(Fault.WEB_PAGE, Fault.ENDLESS);
                BackendPool pool = pool(Fakes.backend(provider, "a", kind))) {
            assertThat(ask(pool).attempts().getFirst().detail()).startsWith("sent what ");
            assertThat(ask(pool).attempts().getFirst().detail()).isEqualTo("stopped before the end of its reply");
        }
    }

    @Test
    void chat_redirected_tellsStatusAndPlaceWithoutItsQuery() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.REDIRECTING);
                BackendPool pool =
                        pool(Fakes.backend(provider, "a", BackendKind.OPENAI).withRetries(2))) {
            ChatResult result = ask(pool);
            assertThat(outcomes(result)).containsExactly(Outcome.REFUSED);
            assertThat(result.attempts().getFirst().detail())
                    .contains("307", "http://127.0.0.1:1/elsewhere", "url")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void chat_refusedWithACode_keepsIt() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.TOO_MUCH);
                BackendPool pool = pool(Fakes.backend(provider, "a", BackendKind.OPENAI))) {
            Attempt attempt = ask(pool).attempts().getFirst();
            assertThat(attempt.status()).isEqualTo(400);
            assertThat(attempt.code()).isEqualTo(FakeProvider.CODE);
        }
    }

    @Test
    void chat_rateLimitedForAMoment_waitsAndTriesAgain() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.RATE_LIMITED);
                BackendPool pool =
                        pool(Fakes.backend(provider, "a", BackendKind.OPENAI).withRetries(1))) {
            ChatResult result = ask(pool);
            assertThat(outcomes(result)).startsWith(Outcome.RATE_LIMITED);
            assertThat(result.status()).as(result.toString()).isEqualTo(Status.COMPLETE);
        }
    }

    @Test
    void chat_rateLimitedForLong_letsTheBackendRest() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.RATE_LIMITED_LONG);
                BackendPool pool =
                        pool(Fakes.backend(provider, "a", BackendKind.OPENAI).withRetries(2))) {
            ChatResult first = ask(pool);
            assertThat(first.status()).isEqualTo(Status.UNAVAILABLE);
            BackendHealth health = pool.health().getFirst();
            assertThat(health.state()).isEqualTo(State.RESTING);
            assertThat(health.restsUntil()).isPresent();
            assertThat(outcomes(ask(pool))).containsExactly(Outcome.SKIPPED);
            assertThat(provider.seen()).hasSize(1);
        }
    }

    @Test
    void chat_failingOnce_isRepeated() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.FAILING);
                BackendPool pool =
                        pool(Fakes.backend(provider, "a", BackendKind.OPENAI).withRetries(1))) {
            ChatResult result = ask(pool);
            assertThat(outcomes(result)).containsExactly(Outcome.FAILED, Outcome.ANSWERED);
            assertThat(result.attempts().getFirst().detail()).contains("500", "out of order");
        }
    }

    @Test
    void chat_failingAgainAndAgain_takesTheBackendOut() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.FAILING, Fault.FAILING, Fault.FAILING);
                BackendPool pool = pool(Fakes.backend(provider, "a", BackendKind.OPENAI))) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(pool).status()).isEqualTo(Status.UNAVAILABLE);
            }
            assertThat(outcomes(ask(pool))).containsExactly(Outcome.SKIPPED);
            assertThat(provider.seen()).hasSize(3);
            BackendHealth health = pool.health().getFirst();
            assertThat(health.state()).isEqualTo(State.RESTING);
            assertThat(health.errorRate()).isEqualTo(1);
            assertThat(health.lastFailure()).contains("500");
        }
    }

    @Test
    void chat_refused_tellsWhyWithoutTheKey() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.REFUSING);
                BackendPool pool = pool(Fakes.backend(provider, "a", BackendKind.OPENAI)
                        .withKey(new Secret.Environment("LLM_KEY"))
                        .withRetries(2))) {
            ChatResult result = ask(pool);
            assertThat(outcomes(result)).containsExactly(Outcome.REFUSED);
            assertThat(result.attempts().getFirst().detail()).contains("401").doesNotContain("sk-secret");
            assertThat(pool.health().getFirst().state()).isEqualTo(State.UP);
        }
    }

    @Test
    void chat_missingKey_passesTheBackendOver() {
        try (FakeProvider provider = new FakeProvider();
                BackendPool pool = pool(
                        Fakes.backend(provider, "a", BackendKind.OPENAI).withKey(new Secret.Environment("OTHER_KEY")),
                        Fakes.backend(provider, "b", BackendKind.OPENAI))) {
            ChatResult result = ask(pool);
            assertThat(outcomes(result)).containsExactly(Outcome.SKIPPED, Outcome.ANSWERED);
            assertThat(result.attempts().getFirst().detail())
                    .startsWith("cannot be used: ")
                    .contains("OTHER_KEY");
        }
    }

    @Test
    void chat_nobodyListens_isUnavailableWithTheReason() {
        BackendConfig nobody;
        try (FakeProvider provider = new FakeProvider()) {
            nobody = Fakes.backend(provider, "gone", BackendKind.OPENAI);
        }
        try (BackendPool pool = pool(nobody)) {
            ChatResult result = ask(pool);
            assertThat(result.status()).isEqualTo(Status.UNAVAILABLE);
            assertThat(result.backend()).isEmpty();
            assertThat(result.attempts().getFirst().detail()).isEqualTo("cannot be reached: connection refused");
        }
        try (BackendPool none = pool()) {
            assertThat(ask(none).detail()).contains("no backend is configured");
        }
    }

    @Test
    void chat_cancelledWhileTheBackendIsSilent_ends() {
        Cancellation cancellation = new Cancellation();
        try (FakeProvider provider = new FakeProvider().failing(Fault.SILENT);
                BackendPool pool = pool(Fakes.backend(provider, "a", BackendKind.OLLAMA))) {
            Thread.ofVirtual().start(() -> {
                while (provider.seen().isEmpty()) {
                    Thread.onSpinWait();
                }
                cancellation.cancel();
            });
            ChatResult result = pool.chat(QUESTION, heard::add, cancellation);
            assertThat(result.status()).isEqualTo(Status.CANCELLED);
            assertThat(outcomes(result)).containsExactly(Outcome.CANCELLED);
            assertThat(pool.health().getFirst().errorRate()).isZero();
        }
    }

    @Test
    void probe_sayingSomethingShort_countsAsATry() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.NONE, Fault.FAILING);
                BackendPool pool = pool(Fakes.backend(provider, "a", BackendKind.ANTHROPIC))) {
            assertThat(pool.probe("a").status()).isEqualTo(Status.COMPLETE);
            assertThat(pool.probe("a").status()).isEqualTo(Status.UNAVAILABLE);
            assertThat(pool.health().getFirst().calls()).isEqualTo(2);
            assertThat(pool.health().getFirst().firstTokenMillisP50()).isPresent();
        }
    }

    @Test
    void cost_withoutPrices_isUnknown() {
        try (FakeProvider provider = new FakeProvider();
                BackendPool pool = pool(Fakes.backend(provider, "a", BackendKind.OPENAI))) {
            assertThat(ask(pool).costUsd()).isEqualTo(OptionalDouble.empty());
        }
    }
}
