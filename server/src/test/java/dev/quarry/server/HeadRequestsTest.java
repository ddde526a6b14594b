package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD is answered as GET is, without the body. */
class HeadRequestsTest {
    @TempDir
    private Path store;

    private MemoryBackend backend;
    private QuarryServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        backend = new MemoryBackend(store);
        server = QuarryServer.start(ServerConfig.defaults().withPort(0), backend);
        client = new TestClient(server, store);
    }

    @AfterEach
    void stop() {
        backend.release.countDown();
        client.close();
        server.close();
    }

    private HttpResponse<String> head(String path) {
        return client.send(client.request(path).HEAD().build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health", "/v1/repository", "/v1/models", "/v1/symbols/none", "/v1/symbols?what=1", "/v2/none"})
    void head_ofAPath_hasStatusTypeAndLengthOfGet(String path) {
        HttpResponse<String> got = client.get(path);
        HttpResponse<String> head = head(path);
        assertThat(head.statusCode()).isEqualTo(got.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(got.headers().firstValue("Content-Type"));
        assertThat(head.headers().firstValue("Content-Length")).isPresent();
    }

    @Test
    void head_withoutToken_isRefusedAsGetIs() {
        String path = "/v1/repository";
        assertThat(client.send(client.request(path)
                                .setHeader("Authorization", "Bearer wrong")
                                .HEAD()
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void head_ofARunsEvents_endsAtOnce() {
        String job =
                client.post("/v1/index", "{}").headers().firstValue("Location").orElseThrow();
        HttpResponse<String> head = head(job + "/events");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(head.body()).isEmpty();
    }
}
