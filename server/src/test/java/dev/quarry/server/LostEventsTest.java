package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.TreeEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watcher over a real store that hears only that events were lost: it looks for itself what changed. */
class LostEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void overflow_afterEditsThatNoEventTold_bringsThemIntoTheStore() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("A.java"), "class A { void first() {} }");
        Files.writeString(sources.resolve("Gone.java"), "class Gone {}");
        ChosenEvents events = new ChosenEvents();
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            workspace.index(sources, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
            Backend backend = Backend.of(workspace);
            try (Jobs jobs = new Jobs(backend);
                    Watcher watcher = new Watcher(backend, jobs, WatchOptions.DEFAULT.withEmbed(false), () -> events)) {
                watcher.start();
                await(() -> watcher.tree().since().isEmpty() && jobs.running().isEmpty());
                long before = workspace.graph().sequence();

                Files.writeString(sources.resolve("A.java"), "class A { void second() {} }");
                Files.writeString(Files.createDirectory(sources.resolve("deep")).resolve("New.java"), "class New {}");
                Files.delete(sources.resolve("Gone.java"));
                assertThat(workspace.graph().sequence()).isEqualTo(before);
                events.batches.add(new TreeEvents.Batch(Set.of(), false, true));

                await(() -> workspace.graph().sequence() > before
                        && watcher.tree().since().isEmpty());
                assertThat(workspace.graph().files().keySet()).containsExactly("A.java", "deep/New.java");
                assertThat(workspace.graph().named("second")).hasSize(1);
                assertThat(workspace.graph().named("first")).isEmpty();
            }
        }
        assertThat(StoreVerification.of(folder.resolve("store")).findings().violations())
                .isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.sleep(5);
        }
    }
}
