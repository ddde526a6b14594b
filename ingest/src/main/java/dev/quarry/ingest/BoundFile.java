package dev.quarry.ingest;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.List;

/**
 * What the compiler's core says of one file.
 *
 * @param packageName the file's package; empty for the unnamed one
 * @param declarations what the file declares, implicit members too, each after its owner
 * @param edges unsorted; those that start at the file's own node included
 * @param notes what is known of calls besides their edges
 * @param frameworks what frameworks look at
 * @param trace what tells when the file is to be bound again
 * @param problem what keeps the graph from holding all of the file, or empty
 * @param syntaxErrors whether the compiler's parser met any
 */
record BoundFile(
        SourceFile source,
        String packageName,
        List<Declared> declarations,
        List<Edge> edges,
        Coverage coverage,
        CallNotes notes,
        FrameworkNotes frameworks,
        FileTrace trace,
        String problem,
        boolean syntaxErrors) {
    /** The same with this trace. */
    BoundFile withTrace(FileTrace found) {
        return new BoundFile(
                source, packageName, declarations, edges, coverage, notes, frameworks, found, problem, syntaxErrors);
    }

    /** Whether the compiler's parser read the file and met no syntax error. */
    boolean readWhole() {
        return !syntaxErrors && !declarations.isEmpty();
    }

    /**
     * A declaration with its identity.
     *
     * @param owner the declaration around it; {@link NodeId#NONE} for top-level types
     * @param anchor where the name begins in the text, as {@link SyntaxFile.Declaration#nameOffset()}; for what is
     *     implicit the anchor of its owner, or of the annotation that stands for it
     * @param start where the declaration begins by the compiler's parser
     * @param end its exclusive end
     * @param flags bits of {@link dev.quarry.schema.Flags}
     * @param head its head on one line, for declarations without syntax; may be empty
     * @param parts for a static initializer the anchors of its blocks and of the static fields with a value; for what an
     *     annotation stands for the anchors of the annotation and of the fields that it is made of
     */
    record Declared(
            NodeId id,
            NodeKind kind,
            String name,
            String qualifiedName,
            String signature,
            NodeId owner,
            int anchor,
            int start,
            int end,
            int flags,
            String head,
            List<Integer> parts) {}
}
