package dev.quarry.server;

import dev.quarry.ingest.GitState;
import dev.quarry.ingest.TreeEvents;
import dev.quarry.ingest.TreeState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Turns events of one directory into files seen changed. It waits until the events pause, or have gone on for long enough,
 * and until git has ended what it does, so that a checkout of thousands of files is one change. Of files that are known
 * events are believed at first; a while later a look at the whole directory finds what they did not tell. For use by one
 * thread.
 */
final class TreeFollower {
    private static final int MAX_LOOKS = 10;
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration CHECK_AFTER = Duration.ofSeconds(2);

    private final TreeEvents events;
    private final WatchOptions options;
    private final PendingChanges pending;
    private final Set<String> touched = new HashSet<>();
    private TreeState tree;
    private Optional<GitState> git;
    private boolean waking;
    private boolean looking;
    private boolean structure;
    private Instant woken = Instant.EPOCH;
    private long firstEvent;
    private long lastEvent;
    private boolean gitBusy;
    private long gitBusySince;
    private boolean believing;
    private long believingSince;

    /** Follows a directory from now on; what changed before is for a run to find out. */
    TreeFollower(Path root, TreeEvents events, WatchOptions options, PendingChanges pending) {
        this.events = events;
        this.options = options;
        this.pending = pending;
        this.tree = TreeState.of(root);
        this.git = GitState.of(tree.root());
        this.woken = Instant.now();
        this.structure = true;
        look();
        pending.noteAny(woken);
    }

    /**
     * Waits for events, at most so long, and notes what changed once they have settled.
     *
     * @return whether something was seen
     */
    boolean step(Duration most) throws InterruptedException {
        TreeEvents.Batch batch = events.await(waking ? shorter(most, TICK) : most);
        boolean news = take(batch);
        if (waking && isDue()) {
            settle();
        } else if (!waking && believing && System.nanoTime() - believingSince >= CHECK_AFTER.toNanos()) {
            woken = Instant.now();
            look();
        }
        return news;
    }

    /** Whether nothing is waited for that may soon change more. */
    boolean isSettled() {
        return !waking;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private boolean take(TreeEvents.Batch batch) {
        Instant now = Instant.now();
        boolean news = batch.structure() || batch.lost();
        if (batch.lost()) {
            pending.noteAny(now);
        }
        looking |= news;
        structure |= news;
        for (Path file : batch.files()) {
            news |= take(file, now);
        }
        if (news) {
            lastEvent = System.nanoTime();
            if (!waking) {
                waking = true;
                woken = now;
                firstEvent = lastEvent;
            }
        }
        return news;
    }

    /** Whether this file bears on what is read. */
    private boolean take(Path file, Instant now) {
        if (git.isPresent() && file.startsWith(git.get().directory())) {
            return true;
        }
        String path = tree.pathOf(file);
        if (tree.has(path)) {
            touched.add(path);
            pending.note(Set.of(path), now);
            return true;
        }
        boolean matters = TreeState.mayMatter(path);
        looking |= matters;
        return matters;
    }

    private boolean isDue() {
        long now = System.nanoTime();
        boolean paused = now - lastEvent >= options.quiet().toNanos();
        boolean late = now - firstEvent >= options.longest().toNanos();
        return (paused || late) && !waitsForGit(now);
    }

    private boolean waitsForGit(long now) {
        boolean busy = GitState.of(tree.root()).filter(GitState::busy).isPresent();
        if (busy && !gitBusy) {
            gitBusySince = now;
        }
        gitBusy = busy;
        return busy && now - gitBusySince < options.gitWait().toNanos();
    }

    private void settle() {
        waking = false;
        Optional<GitState> gitNow = GitState.of(tree.root());
        if (!commit(gitNow).equals(commit(git))) {
            pending.noteAny(woken);
        }
        git = gitNow;
        if (looking) {
            looking = false;
            look();
        } else {
            tree = tree.refreshed(touched);
            believing = true;
            believingSince = System.nanoTime();
        }
        touched.clear();
    }

    private static Optional<String> commit(Optional<GitState> state) {
        return state.flatMap(GitState::commit);
    }

    /** Compares the tree with what it was, and follows new folders until no more appear meanwhile. */
    private void look() {
        believing = false;
        for (int i = 0; i < MAX_LOOKS; i++) {
            TreeState now = TreeState.of(tree.root());
            pending.note(now.changedSince(tree), woken);
            boolean follow = structure || !now.folders().equals(tree.folders());
            tree = now;
            if (!follow || !events.follow(followed())) {
                structure = false;
                return;
            }
        }
        structure = false;
        pending.noteAny(woken);
    }

    private Set<Path> followed() {
        Set<Path> folders = new HashSet<>(tree.folders());
        git.ifPresent(state -> folders.add(state.directory()));
        return folders;
    }
}
