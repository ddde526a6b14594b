package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.tests.FaultyDisk.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands on a disk of which one write fails, and those after it: each ends with a reason and leaves nothing that the next
 * run cannot finish. {@code -Dquarry.writes=N} chooses how many of a command's writes are tried, with one fault each; a
 * number above their count stands for all of them, with each of {@code -Dquarry.faults=FULL,DENIED,BROKEN,KILL}.
 */
@EnabledOnOs(OS.LINUX) // elsewhere no library can be put before the C library in this way
class FailingWritesTest {
    private static final int WRITES = Integer.getInteger("quarry.writes", 1);
    private static final List<Fault> FAULTS = Arrays.stream(
                    System.getProperty("quarry.faults", "FULL,DENIED,BROKEN,KILL")
                            .split(","))
            .map(Fault::valueOf)
            .toList();
    private static final int DISK_FAILS = 4;
    private static final int KILLED = 137;

    @TempDir
    private Path folder;

    /** A call and what it meets. */
    private record Trial(long call, Fault fault) {}

    @ParameterizedTest
    @MethodSource("dev.quarry.tests.Workload#chosen")
    void command_writeFails_saysSoAndLosesNothing(Workload workload) throws Exception {
        Place place = Place.small(folder);
        workload.prepare(place);
        place.keep();
        FaultyDisk disk = new FaultyDisk(place.disk(), folder.resolve("control"));
        Quarry.Result undisturbed = run(workload, place, disk);
        assertThat(undisturbed.status()).as(undisturbed.err()).isZero();
        long calls = disk.calls();
        assertThat(calls).as("writes below %s", place.disk()).isGreaterThan(20);
        disk.mend();
        workload.check(place, true);

        long seed = Long.getLong("quarry.seed", System.nanoTime());
        for (Trial trial : trials(calls, new SplittableRandom(seed))) {
            place.putBack();
            disk.fail(trial.call(), trial.fault());
            Quarry.Result result = run(workload, place, disk);
            disk.mend();
            String what = "-Dquarry.seed=" + seed + ": " + trial + " of " + calls + " " + disk.failedFirst();
            assertEnd(result, trial, disk, place, what);
            try {
                workload.check(place, result.status() == 0);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(what + ": " + result, broken);
            }
        }
    }

    private static List<Trial> trials(long calls, SplittableRandom random) {
        List<Long> all =
                new ArrayList<>(LongStream.rangeClosed(1, calls).boxed().toList());
        List<Trial> trials = new ArrayList<>();
        if (WRITES >= calls) {
            all.forEach(call -> FAULTS.forEach(fault -> trials.add(new Trial(call, fault))));
        } else {
            for (int i = 0; i < WRITES; i++) {
                long call = all.remove(random.nextInt(all.size()));
                trials.add(new Trial(call, FAULTS.get(random.nextInt(FAULTS.size()))));
            }
        }
        return trials;
    }

    /** Failed with a reason, or was killed, or did all that it should without what failed. */
    private static void assertEnd(Quarry.Result result, Trial trial, FaultyDisk disk, Place place, String what) {
        boolean reached = disk.failed() > 0;
        if (trial.fault() == Fault.KILL) {
            assertThat(result.status()).as(what).isEqualTo(reached ? KILLED : 0);
        } else if (result.status() != 0) {
            assertThat(reached).as(what + result.err()).isTrue();
            assertThat(result.status()).as(what + result.err()).isEqualTo(DISK_FAILS);
            assertThat(result.err())
                    .as(what)
                    .contains(place.disk().toString())
                    .doesNotContain("\tat ")
                    .doesNotContain("defect");
        }
    }

    private Quarry.Result run(Workload workload, Place place, FaultyDisk disk) {
        return Quarry.run(folder, disk.environment(), workload.command(place).toArray(String[]::new));
    }
}
