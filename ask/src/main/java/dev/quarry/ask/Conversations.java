package dev.quarry.ask;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last turns of the last conversations, in memory and bounded in each direction. Safe for use by several threads. */
final class Conversations {
    private static final int CONVERSATIONS_MAX = 256;

    private final int turnsMax;
    private final int charsMax;
    private final Map<String, Deque<Turn>> turns = new LinkedHashMap<>(16, 0.75f, true);

    Conversations(int turnsMax, int charsMax) {
        this.turnsMax = turnsMax;
        this.charsMax = charsMax;
    }

    /** Begins a conversation. */
    synchronized void begin(String id) {
        turns.put(id, new ArrayDeque<>());
        Iterator<String> eldest = turns.keySet().iterator();
        while (turns.size() > CONVERSATIONS_MAX) {
            eldest.next();
            eldest.remove();
        }
    }

    /**
     * The turns so far, the eldest first: as many of the last as fit.
     *
     * @throws QuarryException NOT_FOUND if there is no such conversation, or none any more
     */
    synchronized List<Turn> history(String id) {
        Deque<Turn> all = turns.get(id);
        if (all == null) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "there is no conversation '" + id + "', or none any more: ask without one to begin another");
        }
        List<Turn> last = new ArrayList<>();
        int chars = 0;
        for (Iterator<Turn> newest = all.descendingIterator(); newest.hasNext(); ) {
            Turn turn = newest.next();
            chars += turn.question().length() + turn.answer().length();
            if (chars > charsMax) {
                break;
            }
            last.addFirst(turn);
        }
        return last;
    }

    /** A conversation goes on. */
    synchronized void add(String id, Turn turn) {
        Deque<Turn> all = turns.get(id);
        if (all != null && turnsMax > 0) {
            all.addLast(turn);
            while (all.size() > turnsMax) {
                all.removeFirst();
            }
        }
    }
}
