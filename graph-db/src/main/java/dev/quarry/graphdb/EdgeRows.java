package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.Sites;
import java.nio.ByteBuffer;

/**
 * How an edge lies in a row of the relation {@code edge}. The line, column and count repeat what the sites say, for
 * scripts; the sites are packed integers of four bytes, most significant first.
 */
final class EdgeRows {
    /** The relation's columns from which an edge is read, in the order of {@link #read}; the key comes first. */
    static final String COLUMNS = "src, kind, dst, role, found, sites, detail";

    /** How many these are. */
    static final int WIDTH = 7;

    private EdgeRows() {}

    static void put(ColumnTable table, Edge edge) {
        Sites sites = edge.sites();
        boolean isPlaced = sites.count() > 0;
        putKey(table, EdgeKey.of(edge));
        table.text(edge.found().name())
                .integer(isPlaced ? sites.line(0) : 0)
                .integer(isPlaced ? sites.column(0) : 0)
                .integer(sites.count())
                .bytes(pack(sites))
                .text(edge.detail());
    }

    static void putKey(ColumnTable table, EdgeKey key) {
        table.id(key.from()).text(key.kind().name()).id(key.to()).text(key.role());
    }

    static Edge read(Rows rows, int row) {
        return new Edge(
                rows.nodeId(0, row),
                EdgeKind.of(rows.text(1, row)),
                rows.text(3, row),
                rows.nodeId(2, row),
                Found.valueOf(rows.text(4, row)),
                unpack(rows.bytes(5, row)),
                rows.text(6, row));
    }

    static EdgeKey readKey(Rows rows, int row) {
        return new EdgeKey(rows.nodeId(0, row), EdgeKind.of(rows.text(1, row)), rows.nodeId(2, row), rows.text(3, row));
    }

    private static byte[] pack(Sites sites) {
        ByteBuffer bytes = ByteBuffer.allocate(sites.count() * Integer.BYTES);
        bytes.asIntBuffer().put(sites.toPacked());
        return bytes.array();
    }

    private static Sites unpack(byte[] bytes) {
        if (bytes.length == 0) {
            return Sites.NONE;
        }
        int[] packed = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(packed);
        return Sites.ofPacked(packed);
    }
}
