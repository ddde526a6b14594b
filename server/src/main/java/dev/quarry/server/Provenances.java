package dev.quarry.server;

import dev.quarry.rag.Provenance;
import dev.quarry.schema.FileStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the reader of a context is told of how complete and how current the store is. */
final class Provenances {
    private static final List<Lack> OF_FILES = List.of(
            new Lack(FileStatus.PARTIAL, "of which a part could not be read"),
            new Lack(FileStatus.FAILED, "of which nothing could be read"),
            new Lack(FileStatus.TOO_LARGE, "larger than the limit"),
            new Lack(FileStatus.UNREADABLE, "that could not be opened"),
            new Lack(FileStatus.BINARY, "that are not text"));

    private record Lack(FileStatus status, String words) {}

    private Provenances() {}

    static Provenance of(Backend.Standing standing) {
        Freshness freshness = standing.freshness();
        WorkingTree tree = standing.tree();
        return new Provenance(
                freshness.commit(), tree.dirty(), tree.some(), tree.lagMillis(Instant.now()), gaps(standing));
    }

    /** Problems of the serving index say more than that it is behind. */
    private static List<String> gaps(Backend.Standing standing) {
        Freshness freshness = standing.freshness();
        List<String> gaps = new ArrayList<>();
        if (!freshness.complete()) {
            gaps.add("the last index run did not end, files may be missing");
        }
        for (Lack lack : OF_FILES) {
            int files = standing.files().getOrDefault(lack.status(), 0);
            if (files > 0) {
                gaps.add(files + (files == 1 ? " file " : " files ") + lack.words());
            }
        }
        gaps.addAll(freshness.problems());
        if (freshness.problems().isEmpty() && freshness.textSequence() != freshness.sequence()) {
            gaps.add("the words of the last changes");
        }
        if (freshness.problems().isEmpty() && freshness.embeddable() > freshness.embedded()) {
            gaps.add((freshness.embeddable() - freshness.embedded()) + " of " + freshness.embeddable()
                    + " vectors of meaning");
        }
        if (!standing.tree().problem().isEmpty()) {
            gaps.add("changes of files: " + standing.tree().problem());
        }
        return gaps;
    }
}
