package dev.quarry.server;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files seen changed that the graph does not have yet. A run takes over all that was seen before it began, and gives it
 * back if it fails. Safe for use by several threads.
 */
final class PendingChanges {
    private static final int MAX_NAMED = 5;

    private final Map<String, Instant> seen = new TreeMap<>();
    private final Map<String, Instant> taken = new TreeMap<>();
    private @Nullable Instant anySeen;
    private @Nullable Instant anyTaken;

    /** These files have changed. */
    synchronized void note(Collection<String> paths, Instant at) {
        paths.forEach(path -> seen.putIfAbsent(path, at));
    }

    /** Any file may have changed. */
    synchronized void noteAny(Instant at) {
        anySeen = anySeen == null ? at : anySeen;
    }

    /** Whether a run is wanted for what no run has taken over. */
    synchronized boolean isWanted() {
        return anySeen != null || !seen.isEmpty();
    }

    /**
     * A run begins.
     *
     * @return the files that have changed since the run before; empty if any may have
     */
    synchronized Optional<Set<String>> begin() {
        seen.forEach((path, at) -> taken.merge(path, at, PendingChanges::earlier));
        seen.clear();
        anyTaken = anySeen == null ? anyTaken : anySeen;
        anySeen = null;
        return anyTaken == null ? Optional.of(Set.copyOf(taken.keySet())) : Optional.empty();
    }

    /** The run has brought what it took over into the graph. */
    synchronized void done() {
        taken.clear();
        anyTaken = null;
    }

    /**
     * The run did not come to its end: what it took over is still wanted.
     *
     * @return whether there was anything that it had not done
     */
    synchronized boolean giveBack() {
        boolean any = anyTaken != null || !taken.isEmpty();
        taken.forEach((path, at) -> seen.merge(path, at, PendingChanges::earlier));
        anySeen = anyTaken == null ? anySeen : anyTaken;
        done();
        return any;
    }

    /** What is said of it. */
    synchronized WorkingTree tree(WorkingTree.Mode mode, String problem) {
        Map<String, Instant> all = new TreeMap<>(taken);
        seen.forEach((path, at) -> all.merge(path, at, PendingChanges::earlier));
        Optional<Instant> oldest = Stream.concat(
                        all.values().stream(),
                        Stream.of(Optional.ofNullable(anySeen), Optional.ofNullable(anyTaken))
                                .flatMap(Optional::stream))
                .min(Instant::compareTo);
        List<String> some = all.keySet().stream().limit(MAX_NAMED).toList();
        return new WorkingTree(mode, all.size(), some, oldest, problem);
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
