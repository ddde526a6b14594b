package dev.quarry.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.ChatResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are handed on as they are. */
class PassedRequestTest {
    private final FakeProvider first = new FakeProvider();
    private final FakeProvider second = new FakeProvider();
    private final List<String> parts = new ArrayList<>();

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private ChatResult pass(BackendKind kind, boolean streams) {
        BackendConfig one = BackendConfig.of("one", kind, first.url(), "first-model")
                .withRetries(0)
                .withKey(new Secret.Environment("KEY"));
        BackendConfig other = BackendConfig.of(
                "other", kind == BackendKind.OPENAI ? BackendKind.ANTHROPIC : BackendKind.OPENAI, second.url(), "m");
        BackendConfig two =
                BackendConfig.of("two", kind, second.url(), "second-model").withRetries(0);
        try (BackendPool pool = new BackendPool(List.of(one, other, two), Map.of("KEY", "the-secret"))) {
            PassedRequest request = new PassedRequest(
                    kind,
                    streams,
                    backend -> "{\"model\":\"" + backend.model() + "\",\"stream\":" + streams + ",\"top_k\":4}",
                    Map.of("anthropic-beta", "x"));
            return pool.pass(List.of("one", "other", "two"), request, parts::add, new Cancellation());
        }
    }

    @Test
    void pass_streamed_handsOnTheEventsAsTheyAre() {
        ChatResult result = pass(BackendKind.OPENAI, true);
        assertThat(result.status()).isEqualTo(Status.COMPLETE);
        assertThat(result.backend()).isEqualTo("one");
        assertThat(parts).hasSize(7).allMatch(part -> part.startsWith("data: ") && part.endsWith("\n\n"));
        assertThat(parts.getLast()).isEqualTo("data: [DONE]\n\n");
        FakeProvider.Seen seen = first.seen().getFirst();
        assertThat(seen.body()).isEqualTo("{\"model\":\"first-model\",\"stream\":true,\"top_k\":4}");
        assertThat(seen.authorization()).isEqualTo("Bearer the-secret");
    }

    @Test
    void pass_anthropic_handsOnTheNamesOfTheEvents() {
        ChatResult result = pass(BackendKind.ANTHROPIC, true);
        assertThat(result.status()).isEqualTo(Status.COMPLETE);
        assertThat(parts.getFirst()).startsWith("event: message_start\ndata: {");
        assertThat(parts.getLast()).startsWith("event: message_stop\ndata: {");
        assertThat(first.seen().getFirst().authorization()).isEqualTo("the-secret");
    }

    @Test
    void pass_notStreamed_isOneDocument() {
        assertThat(pass(BackendKind.ANTHROPIC, false).status()).isEqualTo(Status.COMPLETE);
        assertThat(parts).singleElement().asString().contains("\"text\":\"Hello, world\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RATE_LIMITED", "FAILING", "REFUSING", "GARBAGE", "WEB_PAGE"})
    void pass_failingBeforeAnything_isLeftForTheNextOfTheSameWireFormat(Fault fault) {
        for (boolean streams : new boolean[] {true, false}) {
            first.failing(fault);
            ChatResult result = pass(BackendKind.OPENAI, streams);
            assertThat(result.status()).isEqualTo(Status.COMPLETE);
            assertThat(result.attempts()).extracting(Attempt::backend).containsExactly("one", "two");
            assertThat(result.attempts().getFirst().detail()).doesNotContain("the-secret");
        }
        assertThat(second.seen()).allMatch(seen -> seen.path().endsWith("/completions"));
    }

    @ParameterizedTest
    @EnumSource(
            value = BackendKind.class,
            names = {"OPENAI", "ANTHROPIC"})
    void pass_failureReportedWithinTheReply_isNoReply(BackendKind kind) {
        first.failing(Fault.REPORTING, Fault.REPORTING);
        ChatResult streamed = pass(kind, true);
        assertThat(streamed.status()).isEqualTo(Status.BROKEN);
        assertThat(streamed.detail()).contains("reported", "out of order");
        assertThat(String.join("", parts)).doesNotContain("out of order");
        ChatResult document = pass(kind, false);
        assertThat(document.status()).isEqualTo(Status.COMPLETE);
        assertThat(document.backend()).isEqualTo("two");
        assertThat(document.attempts().getFirst().detail()).contains("reported", "out of order");
    }

    @Test
    void pass_textThatSpeaksOfErrors_isAReply() {
        first.saying("{\"error\": 1}");
        assertThat(pass(BackendKind.OPENAI, true).status()).isEqualTo(Status.COMPLETE);
        assertThat(pass(BackendKind.ANTHROPIC, false).backend()).isEqualTo("one");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "ENDLESS"})
    void pass_cutStream_isBroken(Fault fault) {
        first.failing(fault);
        ChatResult result = pass(BackendKind.OPENAI, true);
        assertThat(result.status()).isEqualTo(Status.BROKEN);
        assertThat(parts).isNotEmpty().doesNotContain("data: [DONE]\n\n");
        assertThat(second.seen()).isEmpty();
    }
}
