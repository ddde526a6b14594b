package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.TreeEvents;
import java.io.IOException;
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
        Path sources = sources();
        follow(sources, (workspace, events) -> {
            Files.writeString(sources.resolve("A.java"), "class A { void second() {} }");
            Files.writeString(Files.createDirectory(sources.resolve("deep")).resolve("New.java"), "class New {}");
            Files.delete(sources.resolve("Gone.java"));
            events.batches.add(new TreeEvents.Batch(Set.of(), false, true));

            await(() -> workspace.graph().files().containsKey("deep/New.java"));
            assertThat(workspace.graph().files().keySet()).containsExactly("A.java", "deep/New.java");
            assertThat(workspace.graph().named("second")).hasSize(1);
            assertThat(workspace.graph().named("first")).isEmpty();
        });
    }

    @Test
    void events_ofOneOfTwoEditsIsLost_bringsBothIntoTheStore() throws Exception {
        Path sources = sources();
        follow(sources, (workspace, events) -> {
            Files.writeString(sources.resolve("A.java"), "class A { void second() {} }");
            Files.writeString(sources.resolve("Gone.java"), "class Gone { void unheard() {} }");
            events.batches.add(new TreeEvents.Batch(Set.of(sources.toRealPath().resolve("A.java")), false, false));

            await(() -> !workspace.graph().named("second").isEmpty());
            await(() -> !workspace.graph().named("unheard").isEmpty());
        });
    }

    private Path sources() throws IOException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("A.java"), "class A { void first() {} }");
        Files.writeString(sources.resolve("Gone.java"), "class Gone {}");
        return sources;
    }

    /** What happens to files that are followed. */
    private interface Story {
        void tell(Workspace workspace, ChosenEvents events) throws Exception;
    }

    private void follow(Path sources, Story story) throws Exception {
        ChosenEvents events = new ChosenEvents();
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting())) {
            workspace.index(sources, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
            Backend backend = Backend.of(workspace);
            try (Jobs jobs = new Jobs(backend);
                    Watcher watcher = new Watcher(backend, jobs, WatchOptions.DEFAULT.withEmbed(false), () -> events)) {
                watcher.start();
                await(() -> watcher.tree().since().isEmpty() && jobs.running().isEmpty());
                story.tell(workspace, events);
                await(() -> watcher.tree().since().isEmpty() && jobs.running().isEmpty());
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
