package dev.quarry.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quarry.schema.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One index run of a server, with what happened to it. Safe for use by several threads.
 *
 * <p>It keeps the latest events, so that a client can take up a broken stream; who reads slowly misses the oldest and
 * holds nothing up.
 */
final class Job implements IndexProgress {
    /** What can be said of a job. */
    enum State {
        RUNNING,
        CANCELLING,
        DONE,
        CANCELLED,
        FAILED;

        /** Whether nothing more will happen. */
        boolean isEnded() {
            return this != RUNNING && this != CANCELLING;
        }
    }

    /** Who wanted a job. */
    enum Origin {
        /** A client. */
        REQUEST,
        /** The watcher, because files changed. */
        WATCH
    }

    private static final int MAX_EVENTS = 1_000;
    private static final int MAX_LISTED = 20;
    private static final long PROGRESS_NANOS = 100_000_000;

    private final String id;
    private final Origin origin;
    private final Path path;
    private final boolean embed;
    private final boolean resolve;
    private final long maxFileBytes;
    private final Optional<HistoryRequest> history;
    private final Instant startedAt = Instant.now();
    private final Deque<JobEvent> events = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private State state = State.RUNNING;
    private long lastEvent;
    private long progressAt;
    private @Nullable Phase phase;
    private long done;
    private long total;
    private @Nullable Instant endedAt;
    private @Nullable IndexReport report;
    private @Nullable Problem problem;

    Job(
            String id,
            Origin origin,
            Path path,
            boolean embed,
            boolean resolve,
            long maxFileBytes,
            Optional<HistoryRequest> history) {
        this.id = id;
        this.origin = origin;
        this.path = path;
        this.embed = embed;
        this.resolve = resolve;
        this.maxFileBytes = maxFileBytes;
        this.history = history;
    }

    String id() {
        return id;
    }

    Origin origin() {
        return origin;
    }

    Path path() {
        return path;
    }

    boolean embed() {
        return embed;
    }

    boolean resolve() {
        return resolve;
    }

    long maxFileBytes() {
        return maxFileBytes;
    }

    Optional<HistoryRequest> history() {
        return history;
    }

    synchronized State state() {
        return state;
    }

    /** Whether nobody waits for what is left of it: the watcher wanted it, and only vectors are missing. */
    synchronized boolean givesWay() {
        return origin == Origin.WATCH
                && state == State.RUNNING
                && (phase == Phase.EMBED || phase == Phase.VECTOR_INDEX);
    }

    /** Why it failed; empty if it did not. */
    synchronized String reason() {
        return problem == null ? "" : problem.detail();
    }

    /** Asks the run to end. */
    synchronized void cancel() {
        if (state == State.RUNNING) {
            state = State.CANCELLING;
        }
    }

    @Override
    public synchronized boolean cancelled() {
        return state == State.CANCELLING;
    }

    @Override
    public void progress(Phase reached, long doneNow, long totalNow) {
        synchronized (this) {
            if (state.isEnded()) {
                return;
            }
            long now = System.nanoTime();
            boolean telling = reached != phase || doneNow == totalNow || now - progressAt >= PROGRESS_NANOS;
            phase = reached;
            done = doneNow;
            total = totalNow;
            if (!telling) {
                return;
            }
            progressAt = now;
            add(JobEvent.PROGRESS, this::progressMembers);
        }
        listeners.forEach(Runnable::run);
    }

    /** The run has come to its end. */
    void complete(IndexReport result) {
        synchronized (this) {
            report = result;
            for (String message : messages(result)) {
                add(JobEvent.MESSAGE, out -> out.writeStringField("text", message));
            }
            end(State.DONE);
        }
        listeners.forEach(Runnable::run);
    }

    /** The run ended before its end, with the reason if it was not asked to. */
    void abort(@Nullable Problem reason) {
        synchronized (this) {
            problem = reason;
            end(reason == null ? State.CANCELLED : State.FAILED);
        }
        listeners.forEach(Runnable::run);
    }

    /** Up to {@code most} events behind this one; from the oldest kept, if that is gone. */
    synchronized List<JobEvent> eventsAfter(long event, int most) {
        return events.stream().filter(e -> e.id() > event).limit(most).toList();
    }

    /** Whether no event will come behind this one. */
    synchronized boolean isOver(long event) {
        return state.isEnded() && event >= lastEvent;
    }

    /** Has {@code listener} run after each event, on the thread that brings it. */
    void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** Leaves the listener out from now on. */
    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Writes the contract's {@code Job} as an object. */
    synchronized void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        members(out);
        out.writeEndObject();
    }

    private void end(State last) {
        state = last;
        endedAt = Instant.now();
        add(JobEvent.END, this::members);
    }

    private void add(String type, JsonBody members) {
        String data = new String(JsonBody.object(members), StandardCharsets.UTF_8);
        events.addLast(new JobEvent(++lastEvent, type, data));
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
    }

    private void members(JsonGenerator out) throws IOException {
        out.writeStringField("id", id);
        out.writeStringField("state", state.name());
        out.writeStringField("origin", origin.name());
        out.writeStringField("path", path.toString());
        out.writeBooleanField("embed", embed);
        out.writeBooleanField("resolve", resolve);
        out.writeStringField("startedAt", startedAt.toString());
        if (endedAt != null) {
            out.writeStringField("endedAt", endedAt.toString());
        }
        if (phase != null) {
            out.writeObjectFieldStart("progress");
            progressMembers(out);
            out.writeEndObject();
        }
        if (report != null) {
            reportMembers(out, report);
        }
        if (problem != null) {
            out.writeObjectFieldStart("problem");
            out.writeStringField("code", problem.code().name());
            out.writeStringField("detail", problem.detail());
            out.writeEndObject();
        }
    }

    private void progressMembers(JsonGenerator out) throws IOException {
        out.writeStringField("phase", phase == null ? "" : phase.name());
        out.writeNumberField("done", done);
        out.writeNumberField("total", total);
    }

    private static void reportMembers(JsonGenerator out, IndexReport report) throws IOException {
        out.writeObjectFieldStart("report");
        out.writeNumberField("filesChanged", report.filesChanged());
        out.writeNumberField("filesRemoved", report.filesRemoved());
        out.writeNumberField("nodesWritten", report.nodesWritten());
        out.writeNumberField("edgesWritten", report.edgesWritten());
        out.writeNumberField("vectorsWritten", report.vectorsWritten());
        if (report.states() > 0) {
            out.writeNumberField("statesWritten", report.statesWritten());
            out.writeNumberField("states", report.states());
        }
        out.writeNumberField("sequence", report.sequence());
        out.writeNumberField("millis", report.elapsed().toMillis());
        out.writeObjectFieldStart("files");
        for (Map.Entry<FileStatus, Integer> entry : report.files().entrySet()) {
            out.writeNumberField(entry.getKey().name(), entry.getValue());
        }
        out.writeEndObject();
        out.writeObjectFieldStart("skipped");
        for (Map.Entry<String, Integer> entry : report.skipped().entrySet()) {
            out.writeNumberField(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
        out.writeArrayFieldStart("missingArtifacts");
        for (String artifact : report.missingArtifacts()) {
            out.writeString(artifact);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** What a person should know of a run that went well. */
    private static List<String> messages(IndexReport report) {
        List<String> messages = new ArrayList<>();
        report.files().forEach((status, count) -> {
            if (status != FileStatus.INDEXED && count > 0) {
                messages.add(count + " files are "
                        + status.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        });
        List<String> missing = report.missingArtifacts();
        if (!missing.isEmpty()) {
            messages.add(missing.size()
                    + " things that the build names are not on this machine, so that calls into them are less exact: "
                    + String.join(", ", missing.subList(0, Math.min(MAX_LISTED, missing.size()))));
        }
        return messages;
    }
}
