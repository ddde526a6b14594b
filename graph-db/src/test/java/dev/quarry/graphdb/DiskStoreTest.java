package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on disk. */
class DiskStoreTest extends GraphStoreContract {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);
    private static final int VECTORS = 700;

    @TempDir
    private Path directory;

    @Override
    GraphStore create() {
        return GraphStore.open(directory.resolve("contract"), OPTIONS);
    }

    @Test
    void close_whileTheVectorIndexIsBuilt_waitsForItsEnd() throws InterruptedException {
        GraphStore store = GraphStore.open(directory, OPTIONS);
        putVectors(store);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Void> building = CompletableFuture.runAsync(() -> {
            started.countDown();
            store.buildVectorIndex();
        });
        started.await();
        // Lets the build come to the engine.
        Thread.sleep(50);

        store.close();

        try (GraphStore again = GraphStore.open(directory, OPTIONS)) {
            assertThat(building).isCompleted();
            QueryResult nearest = again.query(
                    "?[vid] := ~vec:ann{vid | query: $q, k: 1, ef: 20}",
                    Map.of("q", vector(new SplittableRandom(1))),
                    QueryLimits.DEFAULT);
            assertThat(nearest.rows()).containsExactly(List.of(0L));
        }
    }

    private static void putVectors(GraphStore store) {
        SplittableRandom random = new SplittableRandom(1);
        List<ContentHash> texts = new ArrayList<>();
        float[][] vectors = new float[VECTORS][];
        for (int i = 0; i < VECTORS; i++) {
            texts.add(ContentHash.ofText("text " + i));
            vectors[i] = vector(random);
        }
        store.putVectors("m@1", texts, vectors);
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[384];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }
}
