package dev.quarry.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How current the answers are.
 *
 * @param sequence the commit sequence of the graph
 * @param textSequence the sequence that the text index has reached
 * @param vectorSequence the sequence that the vectors have reached
 * @param indexedAt when the last index run ended; empty before the first
 * @param complete whether the last run came to its end; if not, the graph may lack files
 * @param commit the git commit that was checked out when the last index run began; empty outside of git
 * @param embedded how many of {@code embeddable} texts have their vector
 * @param instant how many have a vector of the instant tier, by which they are found until they have their own
 * @param problems what of the store cannot be read or is gone, with what helps
 */
public record Freshness(
        long sequence,
        long textSequence,
        long vectorSequence,
        Optional<Instant> indexedAt,
        boolean complete,
        Optional<String> commit,
        long embedded,
        long embeddable,
        long instant,
        List<String> problems) {
    /** Copies the list. */
    public Freshness {
        problems = List.copyOf(problems);
    }
}
