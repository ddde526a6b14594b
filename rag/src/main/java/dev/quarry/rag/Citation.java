package dev.quarry.rag;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A declaration that an answer relies on, as it was.
 *
 * @param content the hash of its syntax
 * @param source the hash of its source, comments included and layout left out; empty if no comment of it was quoted
 */
public record Citation(NodeId id, ContentHash content, Optional<ContentHash> source) {
    private static final Pattern LAYOUT = Pattern.compile("\\s+");

    /** One that was quoted without its comments. */
    public static Citation ofSyntax(NodeId id, ContentHash content) {
        return new Citation(id, content, Optional.empty());
    }

    /** One that was quoted as a whole, in these words. */
    public static Citation ofSource(NodeId id, ContentHash content, String quoted) {
        return new Citation(id, content, Optional.of(hash(quoted)));
    }

    /** Whether a declaration of this content and source is as it was quoted. */
    public boolean holds(ContentHash now, String quotedNow) {
        return content.equals(now)
                && source.map(before -> before.equals(hash(quotedNow))).orElse(true);
    }

    private static ContentHash hash(String quoted) {
        return ContentHash.ofText(LAYOUT.matcher(quoted.strip()).replaceAll(" "));
    }
}
