package dev.quarry.server;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Tells how the server is. */
final class StatusOperations {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Backend backend;
    private final Jobs jobs;
    private final ServerMetrics metrics;
    private final StoreFolder folder;

    StatusOperations(Backend backend, Jobs jobs, ServerMetrics metrics) {
        this.backend = backend;
        this.jobs = jobs;
        this.metrics = metrics;
        this.folder = StoreFolder.of(backend.storeDirectory());
    }

    /** {@code getHealth}. */
    Reply health(Call call) {
        Backend.Engine engine = backend.engine();
        Backend.Standing standing = backend.standing();
        Freshness freshness = standing.freshness();
        return Reply.ok(out -> {
            out.writeStringField("state", state(freshness));
            out.writeStringField("version", version());
            out.writeStringField("engine", engine.name());
            out.writeNumberField("schemaVersion", engine.schemaVersion());
            if (engine.model().isPresent()) {
                out.writeStringField("model", engine.model().get());
            }
            out.writeNumberField("sequence", freshness.sequence());
            out.writeNumberField("textSequence", freshness.textSequence());
            out.writeNumberField("vectorSequence", freshness.vectorSequence());
            Render.problems(out, freshness);
            Render.watch(out, standing.tree());
        });
    }

    /** {@code getRepository}: for who has the token, as the health is told to everybody. */
    Reply repository(Call call) {
        Optional<Path> root = backend.repositoryRoot();
        return Reply.ok(out -> {
            if (root.isPresent()) {
                out.writeStringField("repository", root.get().toString());
            }
        });
    }

    /** {@code getMetrics}. */
    Reply metrics(Call call) {
        return new Reply(200, PROMETHEUS, Buffer.buffer(metrics.scrape()), Map.of());
    }

    private String state(Freshness freshness) {
        if (folder.problem().isPresent()) {
            return "STORE_GONE";
        }
        if (jobs.running().isPresent()) {
            return "INDEXING";
        }
        return freshness.sequence() == 0 ? "EMPTY" : "READY";
    }

    private static String version() {
        return Optional.ofNullable(QuarryServer.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
