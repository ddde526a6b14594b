package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.StoreRestore;
import dev.quarry.server.StoreVerification;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a store or a backup, whatever became of the process that wrote it. */
final class SoundStore {
    private SoundStore() {}

    /** Verification finds nothing wrong. */
    static StoreVerification.Result verify(Path store) {
        StoreVerification.Result result = StoreVerification.of(store);
        assertThat(result.findings().tallies().values())
                .as("violations in %s", store)
                .allSatisfy(tally ->
                        assertThat(tally.violations()).as("%s", tally.kept()).isZero());
        return result;
    }

    /** The store is sound, its last run has ended, and this is what it holds. */
    static void assertWhole(Path store, List<String> dump) {
        assertCurrent(store);
        assertThat(StoreDump.of(store)).isEqualTo(dump);
    }

    /** The store is sound, and its last run has ended. */
    static void assertCurrent(Path store) {
        StoreVerification.Result result = verify(store);
        assertThat(result.complete()).as("the last run of %s has ended", store).isTrue();
        assertThat(result.current())
                .as("the serving index of %s is current", store)
                .isTrue();
    }

    /** The store is sound, and has at least what both of these have: what a run between them has no reason to touch. */
    static void assertBetween(Path store, List<String> before, List<String> after) {
        verify(store);
        Set<String> common = new HashSet<>(before);
        common.retainAll(Set.copyOf(after));
        assertThat(new HashSet<>(StoreDump.of(store))).containsAll(common);
    }

    /** What the store holds once it was found again where a process may have left it, and verified. */
    static List<String> recovered(Path store) {
        StagedDirectory.recover(store);
        verify(store);
        return StoreDump.of(store);
    }

    /** What a backup leads to. */
    static List<String> restored(Path backup, Path scratch) {
        StoreRestore.restore(backup, scratch, false, IndexProgress.NONE);
        StoreVerification.Result result = verify(scratch);
        assertThat(result.current()).isTrue();
        return StoreDump.of(scratch);
    }
}
