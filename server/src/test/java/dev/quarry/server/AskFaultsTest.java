package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.fake.FakeProvider;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.BackendPool;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many questions at once over HTTP, while something that they need goes away: each ends in an answer or a clear error. */
class AskFaultsTest {
    private static final int CLIENTS = 8;
    private static final int QUESTIONS = 12;
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    private Path store;

    private FakeProvider provider = new FakeProvider();
    private MemoryBackend backend = new MemoryBackend(Path.of("none"));
    private BackendPool pool = new BackendPool(List.of(), Map.of());

    @BeforeEach
    void open() {
        provider.saying("It trims ", "[1].");
        backend = new MemoryBackend(store);
        pool.close();
        pool = new BackendPool(
                List.of(BackendConfig.of("only", BackendKind.OPENAI, provider.url(), FakeProvider.MODEL)
                        .withRetries(0)
                        .withTimes(Duration.ofSeconds(10), Duration.ofSeconds(10))),
                Map.of());
    }

    @AfterEach
    void close() {
        provider.close();
        pool.close();
        backend.answers().close();
    }

    /** The replies to all questions, in the middle of which the fault happens. */
    private List<HttpResponse<String>> replies(Runnable fault)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<HttpResponse<String>> replies = new ArrayList<>();
        try (QuarryServer server = QuarryServer.start(
                        ServerConfig.defaults().withPort(0),
                        backend,
                        new Answering(new Asker(pool, AskSettings.DEFAULT), TraceSettings.DEFAULT),
                        List.of());
                TestClient client = new TestClient(server, store);
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < CLIENTS * QUESTIONS; i++) {
                String body = new JsonObject()
                        .put("question", "What does trim do with " + (i % 4 == 0 ? 0 : i) + " blanks?")
                        .put("stream", i % 2 == 0)
                        .encode();
                asked.add(clients.submit(() -> client.post("/v1/ask", body)));
                if (i == CLIENTS * QUESTIONS / 2) {
                    asked.get(CLIENTS).get(LIMIT_SECONDS, TimeUnit.SECONDS);
                    fault.run();
                }
            }
            for (Future<HttpResponse<String>> one : asked) {
                replies.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            }
        }
        return replies;
    }

    private static void allAnswered(List<HttpResponse<String>> replies) {
        assertThat(replies).hasSize(CLIENTS * QUESTIONS).allSatisfy(reply -> {
            assertThat(reply.statusCode()).isIn(200, 429, 503);
            if (reply.statusCode() == 200) {
                assertThat(reply.body()).containsPattern("\"kind\":\"(MODEL|CACHED|EXTRACT)\"|event: error");
            } else {
                assertThat(new JsonObject(reply.body()).getString("detail")).isNotEmpty();
            }
        });
    }

    @Test
    void asks_backendKilled_areAnsweredByAnExtract() throws Exception {
        List<HttpResponse<String>> replies = replies(provider::close);
        allAnswered(replies);
        assertThat(replies).anyMatch(reply -> reply.body().contains("\"kind\":\"EXTRACT\""));
    }

    @Test
    void asks_storeOfTheCacheGone_areAnsweredByTheModel() throws Exception {
        List<HttpResponse<String>> replies = replies(() -> backend.answers().close());
        allAnswered(replies);
        assertThat(replies).noneMatch(reply -> reply.body().contains("\"kind\":\"EXTRACT\""));
        assertThat(backend.answers().stats().failures()).isPositive();
    }

    @Test
    void asks_embedderGone_areAnsweredByTheModel() throws Exception {
        List<HttpResponse<String>> replies = replies(
                () -> backend.embedderFailure = () -> new IllegalStateException("the embedding model is closed"));
        allAnswered(replies);
        assertThat(replies).noneMatch(reply -> reply.body().contains("\"kind\":\"EXTRACT\""));
        assertThat(backend.answers().stats().failures()).isPositive();
    }
}
