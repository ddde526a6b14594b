package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.Relations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Goes back in a history, change by change, and gathers what the store held at the place that it has reached: one row, or
 * none, for each key that was touched since.
 */
final class Rewind {
    private final StoreState state;
    private final GraphReads reads;
    private final ChangeLog log;
    private final Reversal rows = Reversal.recording();
    private final Map<ContentHash, Optional<String>> texts = new HashMap<>();
    private long at;

    /** Begins at this change, which must be the store's last for {@link #step} and {@link #write}. */
    Rewind(StoreState state, GraphReads reads, long from) {
        this.state = state;
        this.reads = reads;
        this.log = new ChangeLog(state);
        this.at = from;
    }

    /** Goes back over all changes behind this one; texts are left out. */
    Reversal rowsAt(long change) {
        for (; at > change; at--) {
            rows.goBack(log.read(at));
        }
        return rows;
    }

    /** Goes back by one change, texts included. */
    void step() {
        Reversal before = log.read(at--);
        rows.goBack(before);
        Map<ContentHash, Optional<String>> found = new HashMap<>();
        before.texts().forEach((raw, text) -> found.put(raw, text.map(this::text)));
        texts.putAll(found);
    }

    long at() {
        return at;
    }

    int size() {
        return rows.size() + texts.size();
    }

    private String text(Reversal.Text text) {
        ContentHash base = text.base();
        return TextDelta.apply(text.delta(), base == null ? "" : baseText(base));
    }

    private String baseText(ContentHash base) {
        Optional<String> known = texts.get(base);
        String text = known == null ? reads.texts(List.of(base)).get(base) : known.orElse(null);
        if (text == null) {
            throw new QuarryException(
                    ErrorCode.STORE_DAMAGED,
                    "the history of the store " + state.place()
                            + " is damaged: a text lacks the one that it is told by; "
                            + StoreCheck.HISTORY.remedy());
        }
        return text;
    }

    /** Writes what was gathered, in one transaction, and forgets it. */
    void write() {
        WriteBatch batch = new WriteBatch();
        new TreeMap<>(rows.files())
                .forEach((id, file) -> file.ifPresentOrElse(
                        stored -> FileRows.put(batch.puts(Relations.FILE), stored),
                        () -> batch.removals(Relations.FILE).id(id)));
        new TreeMap<>(texts)
                .forEach((raw, text) -> text.ifPresentOrElse(
                        old -> batch.puts(Relations.SOURCE).hash(raw).text(old),
                        () -> batch.removals(Relations.SOURCE).hash(raw)));
        new TreeMap<>(rows.nodes())
                .forEach((id, node) -> node.ifPresentOrElse(
                        stored -> NodeRows.put(batch.puts(Relations.NODE), stored),
                        () -> batch.removals(Relations.NODE).id(id)));
        rows.edges()
                .forEach((key, edge) -> edge.ifPresentOrElse(
                        stored -> EdgeRows.put(batch.puts(Relations.EDGE), stored),
                        () -> EdgeRows.putKey(batch.removals(Relations.EDGE), key)));
        new TreeMap<>(rows.derived())
                .forEach((part, digest) -> digest.ifPresentOrElse(
                        stored -> batch.puts(Relations.DERIVED).integer(part).hash(stored.hash()),
                        () -> batch.removals(Relations.DERIVED).integer(part)));
        new TreeMap<>(rows.concepts()).forEach((id, wasThere) -> {
            if (wasThere) {
                batch.puts(Relations.CONCEPT).id(id);
            } else {
                batch.removals(Relations.CONCEPT).id(id);
            }
        });
        state.restore(batch, rows.meta());
        rows.clear();
        texts.clear();
    }
}
