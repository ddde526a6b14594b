package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Index runs over HTTP: one at a time, told as a stream of events, ended on request. */
class JobsTest {
    @TempDir
    private Path store;

    private MemoryBackend backend;
    private QuarryServer server;
    private TestClient client;

    /** An event as the stream spells it. */
    private record Event(long id, String type, JsonObject data) {
        static List<Event> all(String stream) {
            return Stream.of(stream.split("\n\n"))
                    .filter(block -> block.startsWith("id: "))
                    .map(block -> block.split("\n"))
                    .map(lines -> new Event(
                            Long.parseLong(lines[0].substring("id: ".length())),
                            lines[1].substring("event: ".length()),
                            new JsonObject(lines[2].substring("data: ".length()))))
                    .toList();
        }
    }

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

    private String startJob() {
        return startJob(false);
    }

    private String startJob(boolean embed) {
        HttpResponse<String> response = client.post("/v1/index", "{\"embed\": " + embed + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return response.headers().firstValue("Location").orElseThrow();
    }

    private JsonObject job(String path) {
        return new JsonObject(client.get(path).body()).getJsonObject("job");
    }

    @Test
    void events_ofARun_comeInOrderAndEnd() throws Exception {
        String path = startJob();
        HttpResponse<Stream<String>> stream =
                client.http().send(client.request(path + "/events").build(), BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        backend.release.countDown();
        List<Event> events = Event.all(String.join("\n", stream.body().toList()) + "\n\n");

        assertThat(events.stream().map(Event::id)).isSorted().doesNotHaveDuplicates();
        assertThat(events.getFirst().data().getString("phase")).isEqualTo("SCAN");
        assertThat(events.stream().map(Event::type).distinct()).containsExactly("progress", "message", "end");
        assertThat(events.stream()
                        .filter(e -> e.type().equals("progress"))
                        .map(e -> e.data().getString("phase"))
                        .distinct())
                .containsExactly("SCAN", "INDEX");
        assertThat(events.stream()
                        .filter(e -> e.type().equals("message"))
                        .map(e -> e.data().getString("text")))
                .anyMatch(text -> text.contains("org.example:missing:1.0"))
                .anyMatch(text -> text.contains("2 files are partial"));
        Event end = events.getLast();
        assertThat(end.type()).isEqualTo("end");
        assertThat(end.data().getString("state")).isEqualTo("DONE");
        assertThat(end.data().getJsonObject("report").getInteger("filesChanged"))
                .isEqualTo(1);
    }

    @Test
    void events_askedAfterAnId_goOnBehindIt() {
        String path = startJob();
        backend.release.countDown();
        List<Event> all = Event.all(client.get(path + "/events").body());
        long middle = all.get(all.size() / 2).id();
        String rest = client.get(path + "/events", r -> r.header("Last-Event-ID", String.valueOf(middle)))
                .body();
        assertThat(Event.all(rest))
                .isEqualTo(all.stream().filter(e -> e.id() > middle).toList());
        String wrong = client.get(path + "/events", r -> r.header("Last-Event-ID", "x"))
                .body();
        assertThat(new JsonObject(wrong).getInteger("status")).isEqualTo(400);
    }

    @Test
    void events_askedBehindTheEnd_haveNoContent() {
        String path = startJob();
        backend.release.countDown();
        long end = Event.all(client.get(path + "/events").body()).getLast().id();
        for (long last : new long[] {end, end + 1, Long.MAX_VALUE}) {
            HttpResponse<String> again = client.get(path + "/events", r -> r.header("Last-Event-ID", "" + last));
            assertThat(again.statusCode()).as("behind %s", last).isEqualTo(204);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void events_askedBehindWhatWillCome_endWithTheJob() throws Exception {
        String path = startJob();
        HttpResponse<Stream<String>> stream = client.http()
                .send(
                        client.request(path + "/events")
                                .header("Last-Event-ID", "1000")
                                .build(),
                        BodyHandlers.ofLines());
        backend.release.countDown();
        assertThat(stream.body()).noneMatch(line -> line.startsWith("id: "));
    }

    @Test
    void run_besideAnother_is409WithItsId() {
        String path = startJob();
        HttpResponse<String> second = client.post("/v1/index", "");
        assertThat(second.statusCode()).isEqualTo(409);
        JsonObject problem = new JsonObject(second.body());
        assertThat(problem.getString("code")).isEqualTo("BUSY");
        assertThat("/v1/jobs/" + problem.getString("job")).isEqualTo(path);
        assertThat(new JsonObject(client.get("/health").body()).getString("state"))
                .isEqualTo("INDEXING");

        backend.release.countDown();
        client.get(path + "/events");
        assertThat(client.post("/v1/index", "").statusCode())
                .as("after its end")
                .isEqualTo(202);
    }

    @Test
    void vectors_paused_keepARunUntilTheyAreResumed() throws Exception {
        assertThat(paused(true).getBoolean("paused")).isTrue();
        String path = startJob(true);
        backend.release.countDown();
        backend.resting.await();
        assertThat(job(path).getString("state")).isEqualTo("RUNNING");
        assertThat(job(path).getJsonObject("progress").getString("phase")).isEqualTo("EMBED");
        assertThat(new JsonObject(client.get("/v1/vectors").body())
                        .getJsonObject("job")
                        .getString("state"))
                .isEqualTo("RUNNING");

        assertThat(paused(false).getBoolean("paused")).isFalse();
        client.get(path + "/events");
        assertThat(job(path).getString("state")).isEqualTo("DONE");
    }

    @Test
    void cancel_whileVectorsArePaused_endsTheRun() throws Exception {
        paused(true);
        String path = startJob(true);
        backend.release.countDown();
        backend.resting.await();
        client.delete(path);
        client.get(path + "/events");
        assertThat(job(path).getString("state")).isEqualTo("CANCELLED");
        assertThat(new JsonObject(client.get("/v1/vectors").body()).getBoolean("paused"))
                .as("a pause is the server's, not the job's")
                .isTrue();
    }

    private JsonObject paused(boolean wanted) {
        HttpResponse<String> reply = client.post("/v1/vectors", "{\"paused\": " + wanted + "}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new JsonObject(reply.body());
    }

    @Test
    void cancel_ofARun_endsItsStream() throws Exception {
        String path = startJob();
        HttpResponse<Stream<String>> stream =
                client.http().send(client.request(path + "/events").build(), BodyHandlers.ofLines());
        HttpResponse<String> cancelled = client.delete(path);
        assertThat(cancelled.statusCode()).isEqualTo(202);
        List<Event> events = Event.all(String.join("\n", stream.body().toList()) + "\n\n");
        assertThat(events.getLast().data().getString("state")).isEqualTo("CANCELLED");
        assertThat(job(path).getString("state")).isEqualTo("CANCELLED");
        assertThat(client.delete(path).statusCode()).as("again").isEqualTo(202);
        assertThat(job(path).getString("state")).isEqualTo("CANCELLED");
        String freshness = client.get("/v1/symbols?name=Text").body();
        assertThat(new JsonObject(freshness).getJsonObject("freshness").getBoolean("complete"))
                .isFalse();
    }

    @Test
    void close_whileARunGoesOn_cancelsItAndEndsItsStream() throws Exception {
        String path = startJob();
        HttpResponse<Stream<String>> stream =
                client.http().send(client.request(path + "/events").build(), BodyHandlers.ofLines());
        server.close();
        List<Event> events = Event.all(String.join("\n", stream.body().toList()) + "\n\n");
        assertThat(events.getLast().data().getString("state")).isEqualTo("CANCELLED");
    }

    @Test
    void streams_moreThanTheLimit_are429() throws Exception {
        String path = startJob();
        int most = ServerLimits.DEFAULT.maxStreams();
        List<HttpResponse<Stream<String>>> open = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            open.add(client.http().send(client.request(path + "/events").build(), BodyHandlers.ofLines()));
        }
        assertThat(client.get(path + "/events").statusCode()).isEqualTo(429);
        backend.release.countDown();
        for (HttpResponse<Stream<String>> stream : open) {
            assertThat(stream.body().filter("event: end"::equals)).hasSize(1);
        }
        assertThat(client.get(path + "/events").statusCode()).isEqualTo(200);
    }

    @Test
    void stream_droppedByTheClient_isForgotten() throws IOException, InterruptedException {
        String path = startJob();
        try (TestClient other = new TestClient(server, store)) {
            other.http()
                    .send(other.request(path + "/events").build(), BodyHandlers.ofInputStream())
                    .body()
                    .close();
        }
        while (!client.get("/metrics").body().contains("quarry_streams_open 0.0")) {
            Thread.onSpinWait();
        }
    }
}
