package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file from one run to the next, so that what follows from all files can be concluded again without
 * reading them.
 *
 * @param scanned what the scan said of it
 * @param source its text; null where it could not be read
 * @param packageName null for what belongs to no package: module descriptors, files that could not be read
 * @param wantsMembers see {@link FrameworkModel#wantsMembers}
 * @param facts its record, and of its nodes and edges what derivations look at ({@link #derivable})
 * @param notes what is known of calls besides their edges
 * @param syntax what its text says by itself; null where it is to be read again
 */
record AnalysedFile(
        ScannedFile scanned,
        @Nullable SourceFile source,
        @Nullable String packageName,
        boolean wantsMembers,
        FileFacts facts,
        CallNotes notes,
        FrameworkNotes frameworks,
        FileTrace trace,
        @Nullable PackedSyntax syntax) {
    private static final Set<EdgeKind> EDGES = EnumSet.of(
            EdgeKind.CALLS,
            EdgeKind.OVERRIDES,
            EdgeKind.EXTENDS,
            EdgeKind.IMPLEMENTS,
            EdgeKind.DECLARES,
            EdgeKind.ANNOTATED_BY);

    /** Of a file that was read, with all of its facts. */
    static AnalysedFile of(
            ScannedFile scanned,
            BoundFile bound,
            FileFacts facts,
            boolean isDescriptor,
            @Nullable PackedSyntax syntax) {
        return new AnalysedFile(
                scanned.released(),
                bound.source(),
                isDescriptor ? null : bound.packageName(),
                FrameworkModel.wantsMembers(bound.source()),
                facts,
                bound.notes(),
                bound.frameworks(),
                bound.trace(),
                syntax);
    }

    /** Of a file that could not be read. */
    static AnalysedFile unread(ScannedFile scanned, FileFacts facts) {
        return new AnalysedFile(
                scanned.released(),
                null,
                null,
                false,
                facts,
                new CallNotes(),
                new FrameworkNotes(),
                FileTrace.NONE,
                null);
    }

    /** The same with other facts. */
    AnalysedFile withFacts(FileFacts other) {
        return new AnalysedFile(scanned, source, packageName, wantsMembers, other, notes, frameworks, trace, syntax);
    }

    String path() {
        return scanned.path();
    }

    /** Whether a scan found it as it was. */
    boolean isSame(ScannedFile now) {
        return now.raw().equals(scanned.raw())
                && now.status() == scanned.status()
                && now.bytes() == scanned.bytes()
                && (source != null) == (now.status() == FileStatus.INDEXED);
    }

    /** The part of a file's facts that a {@link Derivation} may look at: no text, no names but simple ones. */
    static FileFacts derivable(FileFacts facts) {
        List<Node> nodes = facts.nodes().stream()
                .filter(node -> node.kind() == NodeKind.FILE
                        || node.kind().isType()
                        || node.kind().isCallable())
                .map(AnalysedFile::bare)
                .toList();
        List<Edge> edges = facts.edges().stream()
                .filter(edge -> EDGES.contains(edge.kind()))
                .toList();
        return new FileFacts(facts.file(), "", nodes, edges);
    }

    private static Node bare(Node node) {
        return new Node(
                node.id(),
                node.kind(),
                node.name(),
                node.name(),
                node.signature(),
                "",
                node.file(),
                Span.NONE,
                node.flags(),
                node.content(),
                null,
                null,
                "");
    }
}
