package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.NodeKind;
import dev.quarry.tests.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that follows files which are being edited, while its disk fails or it is killed. {@code -Dquarry.kills=N} and
 * {@code -Dquarry.writes=N} say how often.
 */
class ServedEditsTest {
    private static final int KILLS = Integer.getInteger("quarry.kills", 2);
    private static final int WRITES = Integer.getInteger("quarry.writes", 2);

    /** About how many writes follow an edit of one file. */
    private static final int WRITES_OF_AN_EDIT = 90;

    private static final long LONGEST_MILLIS = 2_500;
    private static final String MARK = "mark";

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere no library can be put before the C library in this way
    void edit_diskFailsMeanwhile_isToldAndCaughtUpWithOnceTheDiskIsWell() throws IOException {
        Place place = Place.small(folder);
        long seed = Long.getLong("quarry.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        FaultyDisk disk = new FaultyDisk(place.disk(), folder.resolve("control"));
        try (ServingProcess server = ServingProcess.start(place.sources(), place.store(), disk.environment())) {
            for (int i = 0; i < WRITES; i++) {
                disk.mend();
                long call = random.nextLong(1, WRITES_OF_AN_EDIT);
                Fault fault = random.nextBoolean() ? Fault.FULL : Fault.BROKEN;
                String what = "-Dquarry.seed=" + seed + ": " + fault + " at " + call;
                disk.fail(call, fault);
                mark(place, i);
                String mark = MARK + i;
                ServingProcess.await(
                        what + " is told, or does no harm",
                        () -> server.freshness().get("watch").has("problem") || server.isCurrent());
                JsonNode problem = server.freshness().get("watch").path("problem");
                if (!problem.isMissingNode()) {
                    assertThat(problem.asText()).as(what).contains(place.store().toString());
                }
                assertThat(server.knows("Shape0")).as(what + ": reads go on").isTrue();
                disk.mend();
                ServingProcess.await(what + " is caught up with", () -> server.knows(mark) && server.isCurrent());
                assertThat(server.freshness().get("watch").has("problem")).isFalse();
            }
        }
        SoundStore.assertWhole(place.store(), place.clean());
    }

    @Test
    void edits_serverKilledAtRandomMoments_keepsWhatItHasAnswered() throws Exception {
        Place place = Place.small(folder);
        long seed = Long.getLong("quarry.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        SourceEditor editor = new SourceEditor(place.sources(), random);
        long edits = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long answered = -1;
            long sequence = 0;
            try (ServingProcess server = ServingProcess.start(place.sources(), place.store(), Map.of())) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(LONGEST_MILLIS));
                while (System.nanoTime() < end) {
                    long edit = edits++;
                    editor.edit(SourceEditor.Edit.CHANGE_BODY);
                    mark(place, edit);
                    long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(400));
                    while (System.nanoTime() < next) {
                        sequence = Math.max(
                                sequence, server.freshness().get("sequence").asLong());
                        if (server.knows(MARK + edit)) {
                            answered = edit;
                        }
                    }
                }
            }
            String what = "-Dquarry.seed=" + seed + " kill " + kill;
            SoundStore.verify(place.store());
            try (GraphStore graph = GraphStore.open(place.store(), StoreOptions.DEFAULT)) {
                assertThat(graph.sequence()).as(what).isGreaterThanOrEqualTo(sequence);
                assertThat(lastMark(graph)).as(what).isGreaterThanOrEqualTo(answered);
            }
        }
        Indexing.index(place.sources(), place.store());
        SoundStore.assertWhole(place.store(), place.clean());
    }

    private static void mark(Place place, long number) throws IOException {
        Files.writeString(
                place.sources().resolve("Marked.java"),
                "package shapes;\n\nclass Marked {\n    void " + MARK + number + "() {}\n}\n");
    }

    private static long lastMark(GraphStore graph) {
        AtomicLong last = new AtomicLong(-1);
        graph.forEachNode(stamped -> {
            String name = stamped.node().name();
            if (stamped.node().kind() == NodeKind.METHOD && name.startsWith(MARK)) {
                last.set(Math.max(last.get(), Long.parseLong(name.substring(MARK.length()))));
            }
        });
        return last.get();
    }
}
