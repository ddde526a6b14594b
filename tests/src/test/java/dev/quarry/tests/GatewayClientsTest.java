package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official clients of OpenAI and Anthropic, unchanged, with the gateway behind their base URL. */
class GatewayClientsTest {
    private static final String SAID = "It is the width, squared [1].";

    @TempDir
    private static Path folder;

    private static Path store;

    /** Whose API a client speaks. */
    enum Provider {
        OPENAI(BackendKind.OPENAI, BackendKind.ANTHROPIC, "stop", "chatcmpl-1"),
        ANTHROPIC(BackendKind.ANTHROPIC, BackendKind.OPENAI, "end_turn", "msg_1");

        private final BackendKind same;
        private final BackendKind other;
        private final String reason;
        private final String passedId;

        Provider(BackendKind same, BackendKind other, String reason, String passedId) {
            this.same = same;
            this.other = other;
            this.reason = reason;
            this.passedId = passedId;
        }
    }

    @BeforeAll
    static void index() throws IOException {
        Place place = Place.small(Files.createDirectory(folder.resolve("place")));
        Indexing.index(place.sources(), place.store());
        store = place.store();
    }

    @ParameterizedTest
    @EnumSource
    void pythonClient_understandsTheGateway(Provider provider) throws IOException {
        PythonTools python = PythonTools.installed("clients");
        asked(provider, (address, token) -> python.run("clients.py", provider.same.key(), address, token));
    }

    @ParameterizedTest
    @EnumSource
    void nodeClient_understandsTheGateway(Provider provider) throws IOException {
        NodeTools node = NodeTools.installed("gateway");
        asked(provider, (address, token) -> node.script("clients.mjs", provider.same.key(), address, token));
    }

    @FunctionalInterface
    private interface Client {
        Programs.Result ask(String address, String token);
    }

    private static void asked(Provider provider, Client client) throws IOException {
        try (FakeProvider sound = new FakeProvider().saying("It is the width, ", "squared [1].");
                FakeProvider busy = new FakeProvider().failing(Fault.RATE_LIMITED_LONG);
                FakeProvider cut = new FakeProvider().failing(Fault.CUT);
                ModelGateway gateway = new ModelGateway(
                        store,
                        List.of(
                                backend("main", BackendKind.OPENAI, sound),
                                backend("same", provider.same, sound),
                                backend("other", provider.other, sound),
                                backend("busy", BackendKind.OPENAI, busy),
                                backend("cut", BackendKind.OPENAI, cut)))) {
            Programs.Result result = client.ask(gateway.address().toString(), gateway.token());
            assertThat(result.status()).as(result.output()).isZero();
            JsonNode said =
                    new ObjectMapper().readTree(result.output().lines().toList().getLast());
            answers(said, provider);
            errors(said, provider);
        }
    }

    private static BackendConfig backend(String name, BackendKind kind, FakeProvider provider) {
        return BackendConfig.of(name, kind, provider.url(), FakeProvider.MODEL).withRetries(0);
    }

    private static void answers(JsonNode said, Provider provider) {
        for (String way : List.of("created", "streamed")) {
            assertThat(said.get(way).get("text").asText()).as(way).isEqualTo(SAID);
            assertThat(said.get(way).get("reason").asText()).as(way).isEqualTo(provider.reason);
            assertThat(said.get(way).get("tokens").toString()).as(way).isEqualTo("[11,3]");
        }
        assertThat(said.get("helper").asText()).isEqualTo(SAID);
        assertThat(said.get("models").toString()).contains("\"auto\"", "\"same\"", "\"quarry/auto\"");
        for (String way : List.of("context", "contextStreamed")) {
            assertThat(said.get(way).asText()).as(way).startsWith(SAID).contains("\n[1] shapes.Shape");
        }
        assertThat(said.get("contextByHeader").get("citations").toString()).isEqualTo("{\"known\":[1],\"unknown\":[]}");
        assertThat(said.get("tools").asText()).isEqualTo(provider.passedId);
        assertThat(said.get("toolsStreamed").asText()).isEqualTo(SAID);
    }

    private static void errors(JsonNode said, Provider provider) {
        JsonNode refused = said.get("toolsElsewhere");
        assertThat(refused.get("type").asText()).isEqualTo("BadRequestError");
        assertThat(refused.get("message").asText()).contains("'tools'");
        if (provider == Provider.OPENAI) {
            assertThat(refused.get("param").asText()).isEqualTo("tools");
        }
        assertThat(said.get("unknown").get("type").asText()).isEqualTo("NotFoundError");
        assertThat(said.get("stranger").get("type").asText()).isEqualTo("AuthenticationError");
        assertThat(said.get("busy").get("type").asText()).isEqualTo("RateLimitError");
        assertThat(said.get("cut").get("message").asText()).contains("'cut' broke off");
    }
}
