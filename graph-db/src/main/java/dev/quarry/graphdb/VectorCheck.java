package dev.quarry.graphdb;

import java.util.BitSet;

/** Checks of the vectors, of the texts that they stand for, and of the links from nodes to these. */
final class VectorCheck {
    private static final int PAGE = 4096;
    private static final double LENGTH_TOLERANCE = 1e-3;
    private static final Script VECTORS = new Script("?[vid, v] := *vec{vid, v}, vid > $after :limit " + PAGE);
    private static final Script KNOWN = new Script("?[vid, count(text)] := *embedding{text, vid}");
    private static final Script WITHOUT_NODE = new Script("?[id, text] := *node_text{id, text}, not *node{id}");
    private static final Script WITHOUT_VECTOR =
            new Script("?[id, text] := *node_text{id, text}, not *embedding{text}");
    private static final Script LINKS = new Script("?[count(id)] := *node_text{id}");

    private final StoreState state;
    private final Findings findings;

    VectorCheck(StoreState state, Findings findings) {
        this.state = state;
        this.findings = findings;
    }

    void run() {
        owners(vectors());
        links();
    }

    /** Checks each vector; gives their numbers. */
    private BitSet vectors() {
        BitSet numbers = new BitSet();
        long next = state.number(Meta.NEXT_VECTOR);
        long after = -1;
        for (int count = PAGE; count == PAGE; ) {
            try (Rows rows = state.engine().read(VECTORS, new Params().integer("after", after))) {
                count = rows.count();
                for (int row = 0; row < count; row++) {
                    after = rows.integer(0, row);
                    numbers.set(Math.toIntExact(after));
                    String problem =
                            after >= next ? "is not below the next number " + next : problem(rows.vector(1, row));
                    findings.check(StoreCheck.VECTOR, problem.isEmpty(), "vector " + after, problem);
                }
            }
        }
        return numbers;
    }

    private static String problem(float[] vector) {
        if (vector.length != VectorWrites.DIMENSION) {
            return "has " + vector.length + " elements";
        }
        double square = 0;
        for (float element : vector) {
            square += (double) element * element;
        }
        double length = Math.sqrt(square);
        // An element that is no number makes a length that is none.
        return Math.abs(length - 1) <= LENGTH_TOLERANCE ? "" : "has the length " + length;
    }

    private void owners(BitSet numbers) {
        BitSet known = new BitSet();
        try (Rows rows = state.engine().read(KNOWN, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                int number = rows.smallInteger(0, row);
                known.set(number);
                if (!numbers.get(number)) {
                    findings.violation(StoreCheck.VECTOR, "vector " + number, "is named by a text and not there");
                }
                if (rows.integer(1, row) > 1) {
                    findings.violation(StoreCheck.VECTOR, "vector " + number, "stands for several texts");
                }
            }
        }
        numbers.andNot(known);
        numbers.stream()
                .forEach(number -> findings.violation(StoreCheck.VECTOR, "vector " + number, "stands for no text"));
    }

    private void links() {
        try (Rows rows = state.engine().read(LINKS, new Params())) {
            findings.checked(StoreCheck.NODE_TEXT, rows.count() == 0 ? 0 : rows.integer(0, 0));
        }
        links(WITHOUT_NODE, "belongs to no node");
        links(WITHOUT_VECTOR, "has no vector");
    }

    private void links(Script script, String problem) {
        try (Rows rows = state.engine().read(script, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                findings.violation(
                        StoreCheck.NODE_TEXT, "text " + rows.hash(1, row) + " of node " + rows.nodeId(0, row), problem);
            }
        }
    }
}
