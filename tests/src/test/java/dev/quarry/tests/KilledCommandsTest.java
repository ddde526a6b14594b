package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that are killed at random moments: half of them at any moment of their run, half of them once they have made a
 * random number of their writes. {@code -Dquarry.kills=N} kills each command so often.
 */
@EnabledOnOs(OS.LINUX) // elsewhere the writes of a process cannot be counted
class KilledCommandsTest {
    private static final int KILLS = Integer.getInteger("quarry.kills", 1);
    private static final int KILLED = 137;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.quarry.tests.Workload#chosen")
    void command_killedAtRandomMoments_losesNothing(Workload workload) throws Exception {
        Place place = Place.real(folder);
        workload.prepare(place);
        place.keep();
        FaultyDisk disk = new FaultyDisk(place.disk(), folder.resolve("control"));
        long start = System.nanoTime();
        assertThat(start(workload, place, disk).waitFor()).isZero();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        long calls = disk.calls();

        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < KILLS; i++) {
            place.putBack();
            disk.mend();
            Process process = start(workload, place, disk);
            if (random.nextBoolean()) {
                long write = random.nextLong(calls);
                while (process.isAlive() && disk.calls() < write) {
                    Thread.sleep(1);
                }
            } else {
                process.waitFor(random.nextLong(millis / 4, millis), TimeUnit.MILLISECONDS);
            }
            int status = process.destroyForcibly().waitFor();
            String what =
                    "-Dquarry.seed=" + seed + ": kill " + i + " after " + disk.calls() + " of " + calls + " writes";
            assertThat(status).as(what).isIn(0, KILLED);
            try {
                workload.check(place, status == 0);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(what, broken);
            }
        }
    }

    private Process start(Workload workload, Place place, FaultyDisk disk) {
        return Quarry.start(folder, disk.environment(), workload.command(place).toArray(String[]::new));
    }
}
