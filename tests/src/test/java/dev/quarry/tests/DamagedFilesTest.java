package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store whose files were damaged at random is never called sound, and ends no process. {@code -Dquarry.damages=N} says how
 * many damages are tried.
 */
class DamagedFilesTest {
    private static final int DAMAGES = Integer.getInteger("quarry.damages", 16);

    @TempDir
    private Path folder;

    @Test
    void verify_filesDamagedAtRandom_saysSoOrNothingIsMissing() throws Exception {
        Place place = Place.real(folder);
        Indexing.index(place.sources(), place.store());
        place.edit();
        Indexing.index(place.sources(), place.store());
        long seed = Long.getLong("quarry.seed", System.nanoTime() >>> 16);

        Quarry.Result result = Quarry.java(
                folder,
                List.of(),
                "-Xmx700m",
                "--enable-native-access=ALL-UNNAMED",
                DamageTrials.class.getName(),
                place.store().toString(),
                Files.createDirectory(folder.resolve("trials")).toString(),
                Long.toString(seed),
                Integer.toString(DAMAGES));

        String what = "-Dquarry.seed=" + seed + ": " + result.out() + result.err();
        assertThat(result.status()).as(what).isZero();
        List<String> trials = result.out().lines().toList();
        assertThat(trials).as(what).hasSize(DAMAGES);
        assertThat(trials).allSatisfy(trial -> assertThat(trial).as(what).containsAnyOf("reported", "harmless"));
    }
}
