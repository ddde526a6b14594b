package dev.quarry.mcp;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileStatus;
import dev.quarry.server.Backend;
import dev.quarry.server.Freshness;
import dev.quarry.server.WorkingTree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How current and how complete an answer is, in the few words that an agent needs. */
final class Standings {
    private static final int COMMIT_DIGITS = 12;
    private static final double PERCENT = 100;

    private Standings() {}

    /** As a tree. */
    static Map<String, @Nullable Object> tree(Backend.Standing standing) {
        Freshness freshness = standing.freshness();
        Coverage calls = standing.calls();
        return Trees.object(
                "sequence", freshness.sequence(),
                "commit", freshness.commit().orElse(""),
                "indexedAt", freshness.indexedAt().map(Standings::shown).orElse(""),
                "complete", freshness.complete(),
                "textCurrent", freshness.textSequence() == freshness.sequence(),
                "embedded", freshness.embedded(),
                "embeddable", freshness.embeddable(),
                "problems", freshness.problems().isEmpty() ? null : freshness.problems(),
                "changedSince", isFollowed(standing) ? standing.tree().dirty() : null,
                "filesNotWhole", notWhole(standing),
                "callSites", calls.sites(),
                "unresolvedCallSites", calls.unresolved());
    }

    /** As a sentence. */
    static String sentence(Backend.Standing standing) {
        Freshness freshness = standing.freshness();
        StringBuilder text = new StringBuilder("As of ")
                .append(freshness
                        .commit()
                        .map(commit -> "commit " + commit.substring(0, Math.min(COMMIT_DIGITS, commit.length())))
                        .orElse("the last index run"));
        freshness.indexedAt().ifPresent(at -> text.append(", indexed at ").append(shown(at)));
        text.append(freshness.complete() ? "" : "; the last index run did not end, so files may be missing");
        if (isFollowed(standing)) {
            text.append("; ").append(standing.tree().dirty()).append(" files changed since");
        }
        Map<String, Integer> notWhole = notWhole(standing);
        if (!notWhole.isEmpty()) {
            text.append("; files not read whole: ").append(notWhole);
        }
        freshness.problems().forEach(problem -> text.append("; ").append(problem));
        int sites = standing.calls().sites();
        if (sites > 0) {
            double bound = PERCENT * (sites - standing.calls().unresolved()) / sites;
            text.append(String.format(Locale.ROOT, "; %.1f %% of %d call sites are bound", bound, sites));
        }
        return text.append('.').toString();
    }

    private static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static boolean isFollowed(Backend.Standing standing) {
        return standing.tree().mode() != WorkingTree.Mode.OFF;
    }

    private static Map<String, Integer> notWhole(Backend.Standing standing) {
        Map<String, Integer> counts = new TreeMap<>();
        standing.files().forEach((status, count) -> {
            if (status != FileStatus.INDEXED) {
                counts.put(status.name(), count);
            }
        });
        return counts;
    }
}
