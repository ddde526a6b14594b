package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * A digest of edges that can be brought up to date without reading them all: the sum of one digest for the edges of each
 * source. Two sets of edges have the same sum if they are equal; that different ones do is as likely as for a hash of 64
 * bits at least.
 */
final class EdgeSum {
    /** The sum of no edges. */
    static final ContentHash NOTHING = new ContentHash(0, 0, 0, 0);

    private long a;
    private long b;
    private long c;
    private long d;

    /** The sum of these edges, which are in the order of an index run. */
    static ContentHash of(List<Edge> edges) {
        EdgeSum sum = new EdgeSum();
        List<Edge> ofSource = new ArrayList<>();
        NodeId source = NodeId.NONE;
        for (Edge edge : edges) {
            if (!edge.from().equals(source)) {
                sum.add(ofSource);
                ofSource.clear();
                source = edge.from();
            }
            ofSource.add(edge);
        }
        sum.add(ofSource);
        return sum.plus(NOTHING);
    }

    /** Adds all edges of a source, in the order of an index run. */
    void add(List<Edge> ofSource) {
        if (!ofSource.isEmpty()) {
            ContentHash digest = FactsDigest.of(ofSource);
            a += digest.a();
            b += digest.b();
            c += digest.c();
            d += digest.d();
        }
    }

    /** Takes all edges of a source away. */
    void subtract(List<Edge> ofSource) {
        if (!ofSource.isEmpty()) {
            ContentHash digest = FactsDigest.of(ofSource);
            a -= digest.a();
            b -= digest.b();
            c -= digest.c();
            d -= digest.d();
        }
    }

    /** This and another sum together. */
    ContentHash plus(ContentHash other) {
        return new ContentHash(a + other.a(), b + other.b(), c + other.c(), d + other.d());
    }
}
