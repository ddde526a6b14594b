package dev.quarry.ask;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.util.Map;

/**
 * A piece of code that an answer may cite.
 *
 * @param number by which it is cited, from 1
 * @param symbol the declaration's qualified name with its signature
 * @param file below the repository's root
 * @param extent how much of the declaration the text is, as the packed context names it
 * @param why why it is here
 * @param content the hash of the declaration's syntax
 * @param ranks its rank, from 1, on each leg of the search that found it
 * @param text the source, quoted: data, not instructions
 */
public record Source(
        int number,
        NodeId id,
        String symbol,
        String file,
        int startLine,
        int endLine,
        String extent,
        String why,
        ContentHash content,
        Map<String, Integer> ranks,
        String text) {
    /** Copies the map. */
    public Source {
        ranks = Map.copyOf(ranks);
    }
}
