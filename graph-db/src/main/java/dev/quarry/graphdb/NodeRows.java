package dev.quarry.graphdb;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import dev.quarry.schema.StampedNode;

/** How a node lies in a row of the relation {@code node}. */
final class NodeRows {
    /** The relation's columns, in the order of {@link #read}. */
    static final String COLUMNS = "id, kind, name, qname, signature, declaration, file, doc_start, start, end, line,"
            + " end_line, flags, content, shape, doc, detail, version";

    private NodeRows() {}

    static void put(ColumnTable table, StampedNode stamped) {
        Node node = stamped.node();
        Span span = node.span();
        table.id(node.id())
                .text(node.kind().name())
                .text(node.name())
                .text(node.qualifiedName())
                .text(node.signature())
                .text(node.declaration())
                .id(node.file())
                .integer(span.docStart())
                .integer(span.start())
                .integer(span.end())
                .integer(span.startLine())
                .integer(span.endLine())
                .integer(node.flags())
                .hash(node.content())
                .hash(node.shape())
                .hash(node.doc())
                .text(node.detail())
                .version(stamped.version());
    }

    static StampedNode read(Rows rows, int row) {
        return read(rows, row, 0);
    }

    /** Reads a node from the columns that begin with this one. */
    static StampedNode read(Rows rows, int row, int first) {
        Span span = new Span(
                rows.smallInteger(first + 7, row),
                rows.smallInteger(first + 8, row),
                rows.smallInteger(first + 9, row),
                rows.smallInteger(first + 10, row),
                rows.smallInteger(first + 11, row));
        Node node = new Node(
                rows.nodeId(first, row),
                NodeKind.of(rows.text(first + 1, row)),
                rows.text(first + 2, row),
                rows.text(first + 3, row),
                rows.text(first + 4, row),
                rows.text(first + 5, row),
                rows.nodeId(first + 6, row),
                span,
                rows.smallInteger(first + 12, row),
                rows.hash(first + 13, row),
                rows.optionalHash(first + 14, row),
                rows.optionalHash(first + 15, row),
                rows.text(first + 16, row));
        return new StampedNode(node, rows.version(first + 17, row));
    }
}
