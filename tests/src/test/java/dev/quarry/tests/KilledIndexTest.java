package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index run that is killed leaves a store that the next run completes. */
class KilledIndexTest {
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    @Test
    void index_killedAtRandomMoments_endsEqualToACleanIndex() throws Exception {
        Path sources = Corpus.COMMONS_LANG.unpackSources(Files.createDirectory(folder.resolve("lang")));
        String clean = folder.resolve("clean").toString();
        long start = System.nanoTime();
        assertThat(Quarry.run(folder, "index", "--no-embed", "--store", clean, sources.toString()))
                .satisfies(
                        result -> assertThat(result.status()).as(result.err()).isZero());
        long runMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        String killed = folder.resolve("killed").toString();
        for (int i = 0; i < KILLS; i++) {
            Process process = Quarry.start(folder, "index", "--no-embed", "--store", killed, sources.toString());
            process.waitFor(random.nextLong(runMillis / 4, runMillis), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        Quarry.Result last = Quarry.run(folder, "index", "--no-embed", "--store", killed, sources.toString());

        assertThat(last.status()).as("-Dquarry.seed=%d: %s", seed, last.err()).isZero();
        List<String> expected = StoreDump.of(Path.of(clean));
        assertThat(expected).hasSizeGreaterThan(10_000);
        assertThat(StoreDump.of(Path.of(killed))).as("-Dquarry.seed=%d", seed).isEqualTo(expected);
        Quarry.Result search = Quarry.run(folder, "search", "--store", killed, "isBlank");
        assertThat(search.out()).as(search.err()).contains("StringUtils.isBlank");
    }
}
