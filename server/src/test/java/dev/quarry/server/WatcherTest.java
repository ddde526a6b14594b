package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.TreeEvents;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the watcher makes of events that a test chooses, with runs that a test holds up or fails. */
class WatcherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 2_000;
    private static final WatchOptions QUICK = WatchOptions.DEFAULT.withQuiet(Duration.ofMillis(20));

    @TempDir
    private Path root;

    private final ChosenEvents events = new ChosenEvents();
    private MemoryBackend backend;
    private Jobs jobs;
    private Watcher watcher;

    @BeforeEach
    void prepare() throws IOException {
        root = root.toRealPath();
        write("A");
        backend = new MemoryBackend(root);
        jobs = new Jobs(backend);
        watcher = new Watcher(backend, jobs, QUICK, () -> events);
    }

    @AfterEach
    void end() {
        backend.release.countDown();
        watcher.close();
        jobs.close();
    }

    private Path write(String name) throws IOException {
        return Files.writeString(root.resolve(name + ".java"), "class " + name + " {}" + System.nanoTime());
    }

    private void tell(Path... files) {
        events.batches.add(new TreeEvents.Batch(Set.of(files), false, false));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            Thread.sleep(5);
        }
    }

    /** Lets the first run, which finds out what changed before, come to its end. */
    private void startAndRest() throws InterruptedException {
        watcher.start();
        await("the first run", () -> backend.runs.get() == 1);
        rest();
    }

    private void rest() throws InterruptedException {
        await("rest", () -> jobs.running().isEmpty() && watcher.tree().since().isEmpty() && events.batches.isEmpty());
    }

    @Test
    void start_always_runsOnceForWhatChangedBefore() throws Exception {
        backend.release.countDown();
        startAndRest();
        assertThat(watcher.tree().dirty()).isZero();
        assertThat(backend.runs).hasValue(1);
    }

    @Test
    void changes_duringARun_leadToOneMoreBehindIt() throws Exception {
        watcher.start();
        await("a run", () -> backend.runs.get() == 1);
        assertThat(jobs.running())
                .hasValueSatisfying(job -> assertThat(job.origin()).isEqualTo(Job.Origin.WATCH));
        for (int i = 0; i < 20; i++) {
            tell(write("A"), write("B" + i));
        }
        await("all seen", () -> watcher.tree().dirty() == 21);
        assertThat(watcher.tree().some()).hasSize(5).first().isEqualTo("A.java");
        assertThat(backend.runs).hasValue(1);

        backend.release.countDown();
        await("one more", () -> backend.runs.get() == 2);
        rest();
        assertThat(backend.runs).hasValue(2);
        assertThat(watcher.tree().dirty()).isZero();
    }

    @Test
    void thousandsOfFiles_writtenWhileARunGoesOn_areOneMore() throws Exception {
        watcher.close();
        watcher = new Watcher(backend, jobs, QUICK, () -> TreeEvents.open(Optional.empty()));
        watcher.start();
        await("a run", () -> backend.runs.get() == 1);
        Path folder = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.writeString(folder.resolve("C" + i + ".java"), "class C" + i + " {}");
        }
        await("all seen", () -> watcher.tree().dirty() == MANY);
        backend.release.countDown();
        await("one more", () -> backend.runs.get() >= 2);
        rest();
        // A last event may come behind the look that has found all files.
        assertThat(backend.runs).satisfies(runs -> assertThat(runs.get()).isBetween(2, 3));
    }

    @Test
    void events_ofWhatIsNotRead_causeNoRun() throws Exception {
        backend.release.countDown();
        startAndRest();
        tell(Files.writeString(root.resolve("notes.txt"), "nothing"));
        tell(write("A"));
        await("the run of the source", () -> backend.runs.get() == 2);
        rest();
        tell(Files.writeString(root.resolve("notes.txt"), "nothing more"));
        await("it is taken", events.batches::isEmpty);
        assertThat(watcher.tree().since()).isEmpty();
    }

    @Test
    void overflow_withoutAnyFile_causesARun() throws Exception {
        backend.release.countDown();
        startAndRest();
        events.batches.add(new TreeEvents.Batch(Set.of(), false, true));
        await("a run", () -> backend.runs.get() == 2);
        rest();
    }

    @Test
    void failure_ofARun_isToldAndMendedByAnother() throws Exception {
        backend.indexFailure = () -> new QuarryException(ErrorCode.STORAGE, "the disk is full: free some");
        backend.release.countDown();
        watcher.start();
        await("the failure is told", () -> watcher.tree().problem().contains("the disk is full"));
        assertThat(watcher.tree().since())
                .as("what is missing is not forgotten")
                .isPresent();

        backend.indexFailure = null;
        await("another attempt", () -> watcher.tree().since().isEmpty());
        await("nothing to tell", () -> watcher.tree().problem().isEmpty());
    }

    @Test
    void failure_ofWhatAClientAsked_isThatOnesAlone() throws Exception {
        backend.release.countDown();
        startAndRest();
        int before = backend.runs.get();
        backend.indexFailure = () -> {
            backend.indexFailure = null;
            return new QuarryException(ErrorCode.BAD_INPUT, "'x..y' names no commit");
        };
        Job asked = jobs.start(root, false, false, 0, Optional.of(new HistoryRequest("x..y", 1)));
        await("its end", () -> asked.state() == Job.State.FAILED);
        await("a run of the watcher's own", () -> backend.runs.get() == before + 2);
        rest();
        assertThat(watcher.tree().problem()).isEmpty();
    }

    @Test
    void gitAtWork_isWaitedFor() throws Exception {
        Path git = Files.createDirectory(root.resolve(".git"));
        backend.release.countDown();
        startAndRest();
        Path lock = Files.createFile(git.resolve("index.lock"));
        tell(write("A"));
        await("it is seen", () -> watcher.tree().dirty() == 1);
        Thread.sleep(QUICK.quiet().multipliedBy(10));
        assertThat(backend.runs).as("while the lock is there").hasValue(1);
        Files.delete(lock);
        await("the run", () -> backend.runs.get() == 2);
        rest();
    }

    @Test
    void request_besideAWatchersRun_isTakenAndFollowsIt() throws Exception {
        watcher.start();
        await("a run", () -> backend.runs.get() == 1);
        Job asked = jobs.start(root, false, false, 0, Optional.empty());
        assertThat(asked.state()).isEqualTo(Job.State.RUNNING);
        backend.release.countDown();
        await("its end", () -> asked.state() == Job.State.DONE);
        assertThat(backend.runs).hasValueGreaterThanOrEqualTo(2);
        rest();
    }

    @Test
    void cancelledByAClient_staysSoUntilTheNextChange() throws Exception {
        watcher.start();
        await("a run", () -> backend.runs.get() == 1);
        Job job = jobs.running().orElseThrow();
        job.cancel();
        await("its end", () -> job.state() == Job.State.CANCELLED);
        assertThat(watcher.tree().since()).isPresent();
        backend.release.countDown();
        tell(write("A"));
        await("the next run", () -> backend.runs.get() == 2);
        rest();
    }

    @Test
    void close_whileFollowing_endsTheEvents() throws Exception {
        backend.release.countDown();
        startAndRest();
        watcher.close();
        assertThat(events.closed).isTrue();
        tell(write("A"));
        assertThat(backend.runs).hasValue(1);
    }
}
