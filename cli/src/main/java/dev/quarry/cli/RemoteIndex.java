package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress.Phase;
import dev.quarry.server.IndexReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the server that holds a store index, and follows its job. */
final class RemoteIndex {
    private static final long POLL_MILLIS = 250;
    private static final int MIB_SHIFT = 20;

    private RemoteIndex() {}

    /** Starts the job and waits for its end. */
    static ExitCode run(
            Path store, ServerAddress server, Path root, IndexOptions options, boolean json, Terminal terminal) {
        terminal.note("the server at " + server.address() + " holds the store and indexes");
        return run(
                store,
                server,
                "/v1/index",
                Json.object(
                        "path", root.toString(),
                        "embed", options.embed(),
                        "resolve", options.resolve(),
                        "maxFileMib", options.maxFileBytes() == 0 ? null : options.maxFileBytes() >> MIB_SHIFT,
                        "history", history(options)),
                reply -> {
                    IndexReport report = ReportText.read(reply);
                    if (json) {
                        terminal.line(Json.write(ReportText.tree(report, store)));
                    } else {
                        new ReportText(terminal).write(report, store);
                    }
                },
                terminal);
    }

    /** Has the server change over to another model, and waits until searches use it. */
    static ExitCode useModel(Path store, ServerAddress server, String id, boolean json, Terminal terminal) {
        terminal.note("the server at " + server.address() + " holds the store and changes over");
        return run(
                store,
                server,
                "/v1/models",
                Json.object("use", id),
                reply -> ModelCommand.used(id, ReportText.read(reply).vectorsWritten(), json, terminal),
                terminal);
    }

    private static ExitCode run(
            Path store,
            ServerAddress server,
            String operation,
            Map<String, @Nullable Object> request,
            Consumer<JsonObject> done,
            Terminal terminal) {
        JsonObject reply;
        try (ServerClient client = ServerClient.of(store, server, terminal);
                ProgressLine progress = new ProgressLine(terminal)) {
            reply = client.post(operation, request, operation);
            String path = "/v1/jobs/" + ServerClient.encoded(reply.object("job").text("id"));
            try (Interruption _ = Interruption.calls(progress::cancel)) {
                reply = follow(client, path, progress);
            }
        }
        return end(reply, done, terminal);
    }

    private static @Nullable Object history(IndexOptions options) {
        return options.history()
                .map(request -> Json.object("range", request.range(), "limit", request.limit()))
                .orElse(null);
    }

    /** The reply that tells of the job's end. */
    private static JsonObject follow(ServerClient client, String path, ProgressLine progress) {
        boolean cancelled = false;
        while (true) {
            JsonObject reply = client.get(path, path);
            JsonObject job = reply.object("job");
            JsonObject done = job.object("progress");
            for (Phase phase : Phase.values()) {
                if (phase.name().equals(done.text("phase"))) {
                    progress.progress(phase, done.number("done"), done.number("total"));
                }
            }
            switch (job.text("state")) {
                case "RUNNING", "CANCELLING" -> {}
                default -> {
                    return reply;
                }
            }
            if (progress.cancelled() && !cancelled) {
                cancelled = true;
                client.delete(path);
            }
            pause();
        }
    }

    private static ExitCode end(JsonObject reply, Consumer<JsonObject> done, Terminal terminal) {
        JsonObject job = reply.object("job");
        JsonObject problem = job.object("problem");
        return switch (job.text("state")) {
            case "DONE" -> {
                done.accept(reply);
                yield ExitCode.OK;
            }
            case "CANCELLED" -> {
                terminal.note("stopped; what is written stays, and the next run goes on from there");
                yield ExitCode.INTERRUPTED;
            }
            default -> throw new QuarryException(ServerClient.code(problem.text("code")), problem.text("detail"));
        };
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new QuarryException(ErrorCode.INTERNAL, "waiting for the server was interrupted", interrupted);
        }
    }
}
