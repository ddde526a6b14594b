package dev.quarry.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tells that something happened in folders. It says where to look again, never what is there: a lost or doubled event
 * can delay what is found and not falsify it. For use by one thread.
 */
public interface TreeEvents extends AutoCloseable {
    /**
     * What happened since the last batch.
     *
     * @param files what was made, changed or removed, folders left out
     * @param structure whether folders came or went, or may have
     * @param lost whether events are missing, so that any file may have changed without a sign
     */
    record Batch(Set<Path> files, boolean structure, boolean lost) {
        /** Nothing happened. */
        public static final Batch NONE = new Batch(Set.of(), false, false);

        /** Copies the set. */
        public Batch {
            files = Set.copyOf(files);
        }

        /** Whether nothing happened. */
        public boolean isEmpty() {
            return files.isEmpty() && !structure && !lost;
        }
    }

    /**
     * Events from the operating system, as far as it gives them for so many folders; else polling.
     *
     * @param poll how often to look where polling is wanted instead; empty for events
     */
    static TreeEvents open(Optional<Duration> poll) {
        return poll.<TreeEvents>map(interval -> new PolledEvents(interval, ""))
                .orElseGet(() -> NotifiedEvents.open(NotifiedEvents.MAX_FOLDERS));
    }

    /**
     * Follows these folders, each without those below it, and no others.
     *
     * @return whether a folder is followed now that was not, so that something may have happened in it unseen
     */
    boolean follow(Set<Path> folders);

    /**
     * Waits until something happens, at most so long.
     *
     * @return {@link Batch#NONE} if nothing did
     */
    Batch await(Duration most) throws InterruptedException;

    /** Whether changes are found by looking again and again. */
    boolean polls();

    /** Why it is not as good as it could be, and what helps; empty if it is. */
    Optional<String> warning();

    @Override
    void close();
}
