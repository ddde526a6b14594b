package dev.quarry.rag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cache with their texts: an index in memory, and the log that it is made of. Once most of the log says
 * nothing any more, what is left moves into a new one, some entries with each write, so that no write waits for all of them.
 * The old log is whole until the new one takes its place. Used by one thread at a time; after an exception only to be
 * closed.
 */
final class AnswerStore implements AutoCloseable {
    private static final int RECORDS_FREE = 1_000;
    private static final int MOVED_AT_ONCE = 16;

    private final Path file;
    private final AnswerIndex index;
    private AnswerLog log;
    private long records;
    private @Nullable Move move;

    /** The new log, what has yet to be moved into it, and what is there already and is read from there. */
    private static final class Move {
        private final AnswerLog log;
        private final Deque<String> left;
        private final Set<String> moved = new HashSet<>();
        private long records;

        Move(AnswerLog log, Deque<String> left) {
            this.log = log;
            this.left = left;
        }
    }

    private AnswerStore(Path file, CacheRules rules) throws IOException {
        this.file = file;
        this.index = new AnswerIndex(rules);
        this.log = AnswerLog.open(file, this::replay);
    }

    /**
     * Opens the entries in a file, made if it is not there.
     *
     * @throws IOException if it cannot be read or written, or another process has it
     */
    static AnswerStore open(Path file, CacheRules rules) throws IOException {
        return new AnswerStore(file, rules);
    }

    private void replay(AnswerLog.Event event) {
        records++;
        switch (event) {
            case AnswerLog.Event.Put(CacheEntry entry) -> index.put(entry);
            case AnswerLog.Event.Mark(String id, CacheEntry.Use use) ->
                index.get(id).ifPresent(entry -> index.put(entry.with(use)));
            case AnswerLog.Event.Drop(String id) -> index.remove(id);
        }
    }

    /** What there is; to be changed through this alone. */
    AnswerIndex index() {
        return index;
    }

    /** Takes an entry in, in the place of one with the same id. */
    void put(CacheEntry entry, String question, String answer) throws IOException {
        CacheEntry placed = log.put(entry, question, answer);
        records++;
        Move moving = move;
        if (moving != null) {
            placed = moving.log.put(entry, question, answer);
            moving.moved.add(entry.id());
            moving.records++;
        }
        index.put(placed);
        moveOn();
    }

    /** Notes how an entry that is there was used. */
    void use(String id, CacheEntry.Use use) throws IOException {
        index.get(id).ifPresent(entry -> index.put(entry.with(use)));
        log.mark(id, use);
        records++;
        Move moving = move;
        if (moving != null && moving.moved.contains(id)) {
            moving.log.mark(id, use);
            moving.records++;
        }
        moveOn();
    }

    /** Drops an entry; whether it was there. */
    boolean drop(String id) throws IOException {
        if (!index.remove(id)) {
            return false;
        }
        log.drop(id);
        records++;
        Move moving = move;
        if (moving != null && moving.moved.remove(id)) {
            moving.log.drop(id);
            moving.records++;
        }
        moveOn();
        return true;
    }

    /** The question and the answer of an entry that is there. */
    List<String> texts(CacheEntry entry) throws IOException {
        Move moving = move;
        CacheEntry now = index.get(entry.id()).orElse(entry);
        return moving != null && moving.moved.contains(entry.id()) ? moving.log.texts(now) : log.texts(now);
    }

    /** How large the files are. */
    long bytes() {
        Move moving = move;
        return log.bytes() + (moving == null ? 0 : moving.log.bytes());
    }

    private void moveOn() throws IOException {
        Move moving = move;
        if (moving == null) {
            if (records <= 2L * index.size() + RECORDS_FREE) {
                return;
            }
            Files.deleteIfExists(fresh());
            moving = new Move(AnswerLog.open(fresh(), _ -> {}), new ArrayDeque<>(index.ids()));
            move = moving;
        }
        for (int i = 0; i < MOVED_AT_ONCE && !moving.left.isEmpty(); i++) {
            move(moving, moving.left.remove());
        }
        if (moving.left.isEmpty()) {
            Files.move(fresh(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            AnswerLog old = log;
            log = moving.log;
            records = moving.records;
            move = null;
            old.close();
        }
    }

    private void move(Move moving, String id) throws IOException {
        CacheEntry entry = index.get(id).orElse(null);
        if (entry != null && moving.moved.add(id)) {
            List<String> texts = log.texts(entry);
            index.put(moving.log.put(entry, texts.getFirst(), texts.getLast()));
            moving.records++;
        }
    }

    private Path fresh() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    @Override
    public void close() throws IOException {
        Move moving = move;
        move = null;
        try {
            if (moving != null) {
                moving.log.close();
                Files.deleteIfExists(fresh());
            }
        } finally {
            log.close();
        }
    }
}
