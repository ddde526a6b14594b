package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.Retrieval;
import dev.quarry.ask.Step;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.Secrets;
import dev.quarry.search.TextLog;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of questions: how each was answered, from what code, by whom, and where the time went. The code itself is
 * not kept, and what looks like a secret is not. Lies in a store's directory: files of lines, and beside them a list of
 * their words, which follows the files and can be deleted. A trace that cannot be written is logged and never in an
 * answer's way. Safe for use by several threads.
 */
public final class Traces implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Traces.class);
    private static final String DIRECTORY = "traces";
    private static final String WORDS = "words";
    private static final int ADDED_MAX = 256;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final List<String> BRIEF = List.of(
            "id", "instant", "question", "conversation", "kind", "status", "backend", "model", "usage", "timings");

    private final Path directory;
    private final TraceFiles files;
    private final TraceSettings settings;
    private final Semaphore written = new Semaphore(0);
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Object reading = new Object();
    private @Nullable Path appendedTo;

    // Guarded by reading.
    private @Nullable TextLog words;
    private TextLog.Reached reached = new TextLog.Reached("", 0);
    private int added;

    private volatile @Nullable Thread follower;

    private Traces(Path directory, TraceSettings settings) {
        this.directory = directory;
        this.files = new TraceFiles(directory, settings);
        this.settings = settings;
    }

    /** The traces of a store. */
    public static Traces of(Path storeDirectory, TraceSettings settings) {
        return new Traces(storeDirectory.resolve(DIRECTORY), settings);
    }

    /** Has a thread of its own read what is written from now on, so that a search finds it read. */
    void follow() {
        if (settings.enabled()) {
            written.release();
            follower = Thread.ofVirtual().name("quarry-traces").start(() -> {
                try {
                    while (true) {
                        written.acquire();
                        written.drainPermits();
                        catchUp();
                    }
                } catch (InterruptedException closed) {
                    // There is nothing more to read.
                }
            });
        }
    }

    private void catchUp() {
        try {
            synchronized (reading) {
                if (Files.isDirectory(directory)) {
                    TextLog ignored = current();
                }
            }
        } catch (IOException | RuntimeException e) {
            log.warn("the list of questions is behind: a search of them reads what is missing", e);
        }
    }

    /** Keeps how a question was answered, unless nothing is to be kept. */
    public void add(AskAnswer answer) {
        if (!settings.enabled()) {
            return;
        }
        try {
            add(document(answer, Instant.now()), TraceFiles.today());
        } catch (IOException e) {
            log.warn("a question's trace cannot be kept", e);
        }
    }

    synchronized void add(Map<String, @Nullable Object> document, LocalDate day) throws IOException {
        String line = new String(
                JsonBody.object(out -> {
                    for (Map.Entry<String, @Nullable Object> member : document.entrySet()) {
                        out.writeFieldName(member.getKey());
                        Render.value(out, member.getValue());
                    }
                }),
                StandardCharsets.UTF_8);
        Path file = files.append(line, day);
        if (!file.equals(appendedTo)) {
            appendedTo = file;
            files.expire(day).forEach(old -> gone.add(old.getFileName().toString()));
        }
        written.release();
    }

    /**
     * The newest traces whose question or answer has words that begin with all of these, in brief; all of them if there are
     * no words.
     */
    public List<Map<String, @Nullable Object>> find(String wanted, int limit) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (TextLog.Line line : lines(list -> list.find(wanted, limit))) {
            document(line).ifPresent(whole -> {
                Map<String, @Nullable Object> brief = new LinkedHashMap<>();
                BRIEF.forEach(name -> brief.put(name, whole.get(name)));
                found.add(brief);
            });
        }
        return found;
    }

    /**
     * The trace of this id.
     *
     * @throws QuarryException NOT_FOUND if there is none, or none any more
     */
    public Map<String, @Nullable Object> get(String id) {
        return lines(list -> list.get(id).stream().toList()).stream()
                .findFirst()
                .flatMap(this::document)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.NOT_FOUND,
                        "there is no trace '" + id + "', or none any more: 'quarry trace' lists them"));
    }

    private List<TextLog.Line> lines(Function<TextLog, List<TextLog.Line>> question) {
        try {
            synchronized (reading) {
                return Files.isDirectory(directory) ? question.apply(current()) : List.of();
            }
        } catch (IOException e) {
            throw new QuarryException(ErrorCode.STORAGE, "the traces cannot be read: make them readable", e);
        }
    }

    /** The list of words, after it has read what the files have. */
    private TextLog current() throws IOException {
        TextLog list = words;
        if (list == null) {
            list = TextLog.open(directory.resolve(WORDS));
            words = list;
            reached = list.reached();
        }
        for (String file : Set.copyOf(gone)) {
            list.remove(file);
            gone.remove(file);
        }
        for (Path file : files.files()) {
            read(file, list);
        }
        return list;
    }

    private void read(Path file, TextLog list) throws IOException {
        String name = file.getFileName().toString();
        int order = name.compareTo(reached.file());
        long size = Files.size(file);
        if (order == 0 && size < reached.offset()) {
            // Not the file that was read.
            list.remove(name);
            reached = new TextLog.Reached(name, 0);
        }
        long from = order == 0 ? reached.offset() : 0;
        if (order < 0 || size == from) {
            return;
        }
        for (TraceFiles.Line line : TraceFiles.lines(file, from)) {
            try {
                Map<String, @Nullable Object> document = new JsonObject(line.text()).getMap();
                String id = String.valueOf(document.get("id"));
                list.add(
                        new TextLog.Line(id, name, line.offset(), line.length()),
                        TraceFiles.order(line),
                        document.get("question") + "\n" + document.get("text"));
            } catch (DecodeException broken) {
                log.warn("a trace in {} cannot be read and is passed over", file);
            }
            reached = new TextLog.Reached(name, line.offset() + line.length() + 1);
            if (++added >= ADDED_MAX) {
                list.commit(reached);
                added = 0;
            }
        }
    }

    /** The document of a line; empty where its file has gone. */
    private Optional<Map<String, @Nullable Object>> document(TextLog.Line line) {
        Path file = files.file(line.file());
        try {
            String text = TraceFiles.read(file, line.offset(), line.length());
            return Optional.of(new JsonObject(text).getMap());
        } catch (NoSuchFileException removed) {
            gone.add(line.file());
            return Optional.empty();
        } catch (IOException | DecodeException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE, "the trace '" + line.id() + "' cannot be read from " + file, e);
        }
    }

    /** Keeps how far the files were read. */
    @Override
    public void close() {
        Thread thread = follower;
        if (thread != null) {
            thread.interrupt();
        }
        synchronized (reading) {
            TextLog list = words;
            words = null;
            if (list != null) {
                try (list) {
                    list.commit(reached);
                }
            }
        }
    }

    /** What is kept of an answer. */
    static Map<String, @Nullable Object> document(AskAnswer answer, Instant instant) {
        Map<String, @Nullable Object> trace = new LinkedHashMap<>(AskDocument.of(answer));
        trace.put("instant", instant.toString());
        trace.put("sequence", answer.context().sequence());
        trace.put("skippedLegs", answer.context().skipped());
        trace.put("cache", cache(answer));
        trace.put("shape", answer.context().retrieval().shape());
        trace.put("legs", legs(answer));
        trace.put("steps", steps(answer));
        for (String told : List.of("question", "query", "text", "detail")) {
            trace.put(told, Secrets.redacted(String.valueOf(trace.get(told))));
        }
        trace.put("sources", changed(trace.get("sources"), source -> source.remove("text")));
        // What a backend says of a failure may repeat what it was asked.
        trace.put(
                "attempts",
                changed(
                        trace.get("attempts"),
                        attempt -> attempt.computeIfPresent(
                                "detail", (_, detail) -> Secrets.redacted(String.valueOf(detail)))));
        return trace;
    }

    /** What became of the look for an answer of before. */
    static String cache(AskAnswer answer) {
        boolean looked = answer.timings().steps().stream().anyMatch(step -> step.kind() == Step.Kind.RECALL);
        return answer.kind() == AskAnswer.Kind.CACHED ? "hit" : looked ? "miss" : "none";
    }

    private static List<Map<String, @Nullable Object>> legs(AskAnswer answer) {
        long asked = answer.timings().startNanos();
        List<Map<String, @Nullable Object>> legs = new ArrayList<>();
        for (Retrieval.LegRun leg : answer.context().retrieval().legs()) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("leg", leg.leg());
            tree.put("ran", leg.ran());
            tree.put("candidates", leg.candidates());
            tree.put("note", leg.note());
            tree.put("afterMicros", (leg.startNanos() - asked) / NANOS_PER_MICRO);
            tree.put("micros", leg.nanos() / NANOS_PER_MICRO);
            legs.add(tree);
        }
        return legs;
    }

    private static List<Map<String, @Nullable Object>> steps(AskAnswer answer) {
        AskAnswer.Timings timings = answer.timings();
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        for (Step step : timings.steps()) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("step", step.kind().name().toLowerCase(Locale.ROOT));
            tree.put("afterMicros", (step.startNanos() - timings.startNanos()) / NANOS_PER_MICRO);
            tree.put("micros", step.nanos() / NANOS_PER_MICRO);
            steps.add(tree);
        }
        return steps;
    }

    /** Copies of some objects, each changed. */
    private static List<Map<String, @Nullable Object>> changed(
            @Nullable Object objects, Consumer<Map<String, @Nullable Object>> change) {
        List<Map<String, @Nullable Object>> changed = new ArrayList<>();
        if (objects instanceof List<?> list) {
            for (Object object : list) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                if (object instanceof Map<?, ?> members) {
                    members.forEach((name, value) -> copy.put(String.valueOf(name), value));
                }
                change.accept(copy);
                changed.add(copy);
            }
        }
        return changed;
    }
}
