package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts index runs and tells of them. */
final class JobOperations {
    private static final int MIB_SHIFT = 20;

    private final Backend backend;
    private final Jobs jobs;

    JobOperations(Backend backend, Jobs jobs) {
        this.backend = backend;
        this.jobs = jobs;
    }

    /** {@code startIndex}. */
    Reply start(Call call) {
        JsonObject body = call.body();
        String path = body.getString("path");
        Path root = path == null ? lastRoot() : directory(path);
        Job job = jobs.start(
                root,
                body.getBoolean("embed", true),
                body.getBoolean("resolve", false),
                body.getLong("maxFileMib", 0L) << MIB_SHIFT,
                history(body));
        return reply(202, job, Map.of("Location", "/v1/jobs/" + job.id()));
    }

    private static Optional<HistoryRequest> history(JsonObject body) {
        JsonObject history = body.getJsonObject("history");
        return history == null
                ? Optional.empty()
                : Optional.of(new HistoryRequest(
                        history.getString("range", ""), history.getInteger("limit", HistoryRequest.NO_LIMIT)));
    }

    /** {@code getJob}. */
    Reply get(Call call) {
        return reply(200, jobs.job(call.path("id")), Map.of());
    }

    /** {@code cancelJob}. */
    Reply cancel(Call call) {
        Job job = jobs.job(call.path("id"));
        job.cancel();
        return reply(202, job, Map.of());
    }

    /** {@code pauseVectors}. */
    Reply pauseVectors(Call call) {
        jobs.pauseVectors(call.body().getBoolean("paused"));
        return vectors(call);
    }

    /** {@code getVectors}. */
    Reply vectors(Call call) {
        return Reply.ok(out -> {
            out.writeBooleanField("paused", jobs.vectorsPaused());
            Optional<Job> running = jobs.running();
            if (running.isPresent()) {
                out.writeFieldName("job");
                running.get().write(out);
            }
            Render.standing(out, backend.standing());
        });
    }

    private Reply reply(int status, Job job, Map<String, String> headers) {
        JsonBody members = out -> {
            out.writeFieldName("job");
            job.write(out);
            Render.standing(out, backend.standing());
        };
        return Reply.json(status, members, headers);
    }

    private Path lastRoot() {
        return backend.repositoryRoot()
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.BAD_INPUT, "this store has no repository yet: name its directory with 'path'"));
    }

    private static Path directory(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "the path is none: " + e.getReason(), e);
        }
        if (!path.isAbsolute()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the path '" + text + "' is relative: name the directory from the root");
        }
        if (!Files.isDirectory(path)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "'" + text + "' is no directory of the server's machine: check the path");
        }
        return path.normalize();
    }
}
