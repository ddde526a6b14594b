package dev.quarry.schema;

import java.util.List;

/**
 * All that one file says: the unit of change.
 *
 * <p>Its nodes are the file's own node and what the file declares; its edges start at these nodes. So the facts of two
 * files share no row of the store, and replacing one file's facts cannot touch another's.
 *
 * @param text the file's text; empty where it is not indexed
 */
public record FileFacts(FileRecord file, String text, List<Node> nodes, List<Edge> edges) {
    /** Copies the lists. */
    public FileFacts {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
