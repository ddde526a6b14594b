package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.Secrets;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of questions: how each was answered, from what code, by whom, and where the time went. The code itself is
 * not kept, and what looks like a secret is not. Lies in a store's directory. A trace that cannot be written is logged and
 * never in an answer's way. Safe for use by several threads.
 */
public final class Traces {
    private static final Logger log = LoggerFactory.getLogger(Traces.class);
    private static final String DIRECTORY = "traces";
    private static final List<String> BRIEF = List.of(
            "id", "instant", "question", "conversation", "kind", "status", "backend", "model", "usage", "timings");

    private final TraceFiles files;
    private final TraceSettings settings;
    private final List<Entry> entries = new ArrayList<>();
    private boolean read;
    private @Nullable Path appendedTo;

    /** What is searched, in memory. */
    private record Entry(String id, String words, TraceFiles.Place place) {}

    private Traces(TraceFiles files, TraceSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /** The traces of a store. */
    public static Traces of(Path storeDirectory, TraceSettings settings) {
        return new Traces(new TraceFiles(storeDirectory.resolve(DIRECTORY), settings), settings);
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
        TraceFiles.Place place = files.append(line, day);
        if (read) {
            entries.add(entry(document, place));
        }
        if (!place.file().equals(appendedTo)) {
            appendedTo = place.file();
            List<Path> gone = files.expire(day);
            entries.removeIf(entry -> gone.contains(entry.place().file()));
        }
    }

    /** The newest traces whose question or answer has all of these words, in brief; all of them if there are no words. */
    public synchronized List<Map<String, @Nullable Object>> find(String words, int limit) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        String[] wanted = words.strip().toLowerCase(Locale.ROOT).split("\\s+");
        List<Entry> all = entries();
        for (int i = all.size() - 1; i >= 0 && found.size() < limit; i--) {
            if (hasAll(all.get(i).words(), wanted)) {
                Map<String, @Nullable Object> brief = new LinkedHashMap<>();
                Map<String, @Nullable Object> whole = document(all.get(i));
                BRIEF.forEach(name -> brief.put(name, whole.get(name)));
                found.add(brief);
            }
        }
        return found;
    }

    /**
     * The trace of this id.
     *
     * @throws QuarryException NOT_FOUND if there is none, or none any more
     */
    public synchronized Map<String, @Nullable Object> get(String id) {
        for (Entry entry : entries()) {
            if (entry.id().equals(id)) {
                return document(entry);
            }
        }
        throw new QuarryException(
                ErrorCode.NOT_FOUND, "there is no trace '" + id + "', or none any more: 'quarry trace' lists them");
    }

    private static boolean hasAll(String text, String[] words) {
        for (String word : words) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private List<Entry> entries() {
        if (!read) {
            try {
                for (Path file : files.files()) {
                    read(file);
                }
            } catch (IOException e) {
                throw new QuarryException(ErrorCode.STORAGE, "the traces cannot be read: make them readable", e);
            }
            read = true;
        }
        return entries;
    }

    private void read(Path file) throws IOException {
        for (TraceFiles.Line line : TraceFiles.lines(file)) {
            try {
                entries.add(entry(new JsonObject(line.text()).getMap(), line.place()));
            } catch (DecodeException broken) {
                log.warn("a trace in {} cannot be read and is passed over", file);
            }
        }
    }

    private static Entry entry(Map<String, @Nullable Object> document, TraceFiles.Place place) {
        String words = document.get("question") + "\n" + document.get("text");
        return new Entry(String.valueOf(document.get("id")), words.toLowerCase(Locale.ROOT), place);
    }

    private static Map<String, @Nullable Object> document(Entry entry) {
        try {
            return new JsonObject(TraceFiles.read(entry.place())).getMap();
        } catch (IOException | DecodeException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the trace '" + entry.id() + "' cannot be read from "
                            + entry.place().file(),
                    e);
        }
    }

    /** What is kept of an answer. */
    static Map<String, @Nullable Object> document(AskAnswer answer, Instant instant) {
        Map<String, @Nullable Object> trace = new LinkedHashMap<>(AskDocument.of(answer));
        trace.put("instant", instant.toString());
        trace.put("sequence", answer.context().sequence());
        trace.put("skippedLegs", answer.context().skipped());
        trace.put("cache", answer.kind() == AskAnswer.Kind.CACHED ? "hit" : "none");
        for (String told : List.of("question", "query", "text", "detail")) {
            trace.put(told, Secrets.redacted(String.valueOf(trace.get(told))));
        }
        trace.put("sources", withoutText(trace.get("sources")));
        return trace;
    }

    private static List<Map<String, @Nullable Object>> withoutText(@Nullable Object sources) {
        List<Map<String, @Nullable Object>> kept = new ArrayList<>();
        if (sources instanceof List<?> list) {
            for (Object source : list) {
                Map<String, @Nullable Object> brief = new LinkedHashMap<>();
                if (source instanceof Map<?, ?> members) {
                    members.forEach((name, value) -> brief.put(String.valueOf(name), value));
                }
                brief.remove("text");
                kept.add(brief);
            }
        }
        return kept;
    }
}
