package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ingest.TreeEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watcher over a real store that hears only that events were lost: it looks for itself what changed. */
class LostEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** Says nothing but that events were lost. */
    private static final class Overflowing implements TreeEvents {
        private final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();

        void overflow() {
            batches.add(new Batch(Set.of(), false, true));
        }

        @Override
        public boolean follow(Set<Path> folders) {
            return false;
        }

        @Override
        public Batch await(Duration most) throws InterruptedException {
            Batch batch = batches.poll(most.toNanos(), TimeUnit.NANOSECONDS);
            return batch == null ? Batch.NONE : batch;
        }

        @Override
        public boolean polls() {
            return false;
        }

        @Override
        public Optional<String> warning() {
            return Optional.empty();
        }

        @Override
        public void close() {
            batches.clear();
        }
    }

    @Test
    void overflow_afterEditsThatNoEventTold_bringsThemIntoTheStore() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("A.java"), "class A { void first() {} }");
        Files.writeString(sources.resolve("Gone.java"), "class Gone {}");
        Overflowing events = new Overflowing();
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
                events.overflow();

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
