package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;

/** Ids of the places that hold values. A field's slot is the field's own id; the others are no nodes. */
final class Slots {
    private static final long PARAMETER = 0x9E3779B97F4A7C15L;

    private Slots() {}

    /** A parameter of a method, from 0; -1 is the method's result. */
    static NodeId parameter(NodeId method, int index) {
        return new NodeId(method.high() ^ PARAMETER * (index + 2L), method.low());
    }

    /** The value of an expression, or a local variable, by its number within the file. */
    static NodeId at(String path, int number) {
        return NodeId.of(NodeKind.FILE, path + "@" + number, "");
    }
}
