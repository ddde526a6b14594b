package dev.quarry.graphdb;

import dev.quarry.schema.Relations;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An open store's engine, and what is known of the store without asking it: its meta rows, and its files once somebody
 * wanted them. The store has one writer at most, so both are always as they are on disk.
 */
final class StoreState {
    private static final Script FILES = new Script("?[" + FileRows.COLUMNS + "] := *file{" + FileRows.COLUMNS + "}");

    private final Engine engine;
    private final String place;
    private volatile Map<String, String> meta;
    private volatile @Nullable Map<String, StoredFile> files;

    StoreState(Engine engine, String place, Map<String, String> meta) {
        this.engine = engine;
        this.place = place;
        this.meta = Map.copyOf(meta);
    }

    Engine engine() {
        return engine;
    }

    String place() {
        return place;
    }

    Map<String, String> meta() {
        return meta;
    }

    /** A number among the meta rows; 0 where there is none. */
    long number(String key) {
        return Long.parseLong(meta.getOrDefault(key, "0"));
    }

    /** All files, by path in order. */
    Map<String, StoredFile> files() {
        Map<String, StoredFile> known = files;
        if (known == null) {
            known = readFiles();
            files = known;
        }
        return known;
    }

    private Map<String, StoredFile> readFiles() {
        SortedMap<String, StoredFile> read = new TreeMap<>();
        try (Rows rows = engine.read(FILES, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                StoredFile file = FileRows.read(rows, row);
                read.put(file.file().path(), file);
            }
        }
        return Collections.unmodifiableSortedMap(read);
    }

    /**
     * Makes the store writable again after a write met a failing disk; does nothing if none did.
     *
     * @throws dev.quarry.schema.QuarryException STORAGE if the disk still fails
     */
    void recover() {
        if (!engine.hasFailed()) {
            return;
        }
        try {
            engine.reopen();
        } catch (IOException e) {
            throw EngineFailures.notWritable(place, e);
        }
        meta = Map.copyOf(new StoreSchema(engine, place).meta());
        files = null;
    }

    /** Writes a batch that may change files, with the meta rows that go with it: those without a value are removed. */
    void restore(WriteBatch batch, Map<String, Optional<String>> metaRows) {
        Map<String, String> after = new HashMap<>(meta);
        metaRows.forEach((key, value) -> value.ifPresentOrElse(
                text -> {
                    if (!text.equals(after.put(key, text))) {
                        batch.puts(Relations.META).text(key).text(text);
                    }
                },
                () -> {
                    if (after.remove(key) != null) {
                        batch.removals(Relations.META).text(key);
                    }
                }));
        if (!batch.isEmpty()) {
            engine.write(batch);
            meta = Map.copyOf(after);
            files = null;
        }
    }

    /** Runs a script that writes, these meta rows among others. */
    void execute(String script, Params params, Map<String, String> metaPuts) {
        Map<String, String> after = new HashMap<>(meta);
        after.putAll(metaPuts);
        engine.execute(script, params);
        meta = Map.copyOf(after);
    }

    /** Writes a batch and these meta rows in one transaction; nothing is written if there is nothing new. */
    void commit(WriteBatch batch, Map<String, String> metaPuts) {
        commit(batch, metaPuts, null);
    }

    /** The same for a batch that changes files, with all files as they are afterwards. */
    void commit(WriteBatch batch, Map<String, String> metaPuts, @Nullable SortedMap<String, StoredFile> filesAfter) {
        Map<String, String> after = new HashMap<>(meta);
        metaPuts.forEach((key, value) -> {
            if (!value.equals(after.put(key, value))) {
                batch.puts(Relations.META).text(key).text(value);
            }
        });
        if (batch.isEmpty()) {
            return;
        }
        engine.write(batch);
        // The sequence last: who has counted the files and then finds it unchanged has counted those of this sequence.
        if (filesAfter != null) {
            files = Collections.unmodifiableSortedMap(filesAfter);
        }
        meta = Map.copyOf(after);
    }
}
