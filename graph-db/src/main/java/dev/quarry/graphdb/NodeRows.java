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
        Span span = new Span(
                rows.smallInteger(7, row),
                rows.smallInteger(8, row),
                rows.smallInteger(9, row),
                rows.smallInteger(10, row),
                rows.smallInteger(11, row));
        Node node = new Node(
                rows.nodeId(0, row),
                NodeKind.of(rows.text(1, row)),
                rows.text(2, row),
                rows.text(3, row),
                rows.text(4, row),
                rows.text(5, row),
                rows.nodeId(6, row),
                span,
                rows.smallInteger(12, row),
                rows.hash(13, row),
                rows.optionalHash(14, row),
                rows.optionalHash(15, row),
                rows.text(16, row));
        return new StampedNode(node, rows.version(17, row));
    }
}
