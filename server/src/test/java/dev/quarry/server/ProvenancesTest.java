package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.rag.Provenance;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvenancesTest {
    private static Backend.Standing standing(
            Map<FileStatus, Integer> files, boolean complete, long textSequence, long embedded, WorkingTree tree) {
        return standing(files, complete, textSequence, embedded, tree, List.of());
    }

    private static Backend.Standing standing(
            Map<FileStatus, Integer> files,
            boolean complete,
            long textSequence,
            long embedded,
            WorkingTree tree,
            List<String> problems) {
        Freshness freshness = new Freshness(
                7,
                textSequence,
                7,
                Optional.of(Instant.EPOCH),
                complete,
                Optional.of("abc"),
                embedded,
                10,
                10,
                problems);
        return new Backend.Standing(files, Coverage.NONE, freshness, tree);
    }

    @Test
    void of_completeStore_hasNoGaps() {
        Map<FileStatus, Integer> files = Map.of(FileStatus.INDEXED, 5);
        assertThat(Provenances.of(standing(files, true, 7, 10, WorkingTree.UNWATCHED)))
                .isEqualTo(new Provenance(Optional.of("abc"), 0, List.of(), 0, List.of()));
    }

    @Test
    void of_storeThatLacksMuch_namesAllOfIt() {
        Map<FileStatus, Integer> files = Map.of(FileStatus.INDEXED, 5, FileStatus.PARTIAL, 1, FileStatus.FAILED, 2);
        WorkingTree tree = new WorkingTree(
                WorkingTree.Mode.POLL, 3, List.of("A.java"), Optional.of(Instant.EPOCH), "too many folders");
        Provenance provenance = Provenances.of(standing(files, false, 6, 4, tree));
        assertThat(provenance.dirty()).isEqualTo(3);
        assertThat(provenance.files()).containsExactly("A.java");
        assertThat(provenance.lagMillis()).isPositive();
        assertThat(provenance.gaps())
                .containsExactly(
                        "the last index run did not end, files may be missing",
                        "1 file of which a part could not be read",
                        "2 files of which nothing could be read",
                        "the words of the last changes",
                        "6 of 10 vectors of meaning",
                        "changes of files: too many folders");
    }

    @Test
    void of_storeWhoseIndexCannotBeRead_saysThatInsteadOfHowFarBehindItIs() {
        Map<FileStatus, Integer> files = Map.of(FileStatus.INDEXED, 5);
        List<String> problems = List.of("the search index of text is missing");
        Backend.Standing standing = standing(files, true, 0, 0, WorkingTree.UNWATCHED, problems);
        assertThat(Provenances.of(standing).gaps()).containsExactly("the search index of text is missing");
    }
}
