package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Digests of facts: two that say the same, in the same order, have the same digest.
 *
 * <p>Each field goes in with its length or at a fixed width, so that no two different facts make the same bytes. A file's
 * text goes in by its raw hash. The digest stands for the rows that a store holds, so a new column begins with a new
 * {@link #FORMAT}: stores then write all files once more.
 */
final class FactsDigest {
    private static final int FORMAT = 1;

    private final ByteSink sink = new ByteSink(16 << 10).putInt(FORMAT);

    private FactsDigest() {}

    /** The digest of what one file says. */
    static ContentHash of(FileFacts facts) {
        FactsDigest digest = new FactsDigest();
        digest.add(facts.file());
        digest.addAll(facts.nodes(), facts.edges());
        return Engine.hash(digest.sink);
    }

    /** The digest of what no single file says. */
    static ContentHash of(SharedFacts facts) {
        FactsDigest digest = new FactsDigest();
        digest.addAll(facts.nodes(), facts.edges());
        return Engine.hash(digest.sink);
    }

    /** The digest of some edges. */
    static ContentHash of(List<Edge> edges) {
        FactsDigest digest = new FactsDigest();
        digest.addAll(List.of(), edges);
        return Engine.hash(digest.sink);
    }

    private void add(FileRecord file) {
        sink.putText(file.path());
        add(file.raw());
        sink.putText(file.status().name())
                .putText(file.problem())
                .putLong(file.bytes())
                .putInt(file.lines())
                .putInt(file.coverage().internal())
                .putInt(file.coverage().library())
                .putInt(file.coverage().jdk())
                .putInt(file.coverage().unresolved());
    }

    private void addAll(List<Node> nodes, List<Edge> edges) {
        sink.putInt(nodes.size());
        nodes.forEach(this::add);
        sink.putInt(edges.size());
        edges.forEach(this::add);
    }

    private void add(Node node) {
        add(node.id());
        sink.putText(node.kind().name())
                .putText(node.name())
                .putText(node.qualifiedName())
                .putText(node.signature())
                .putText(node.declaration());
        add(node.file());
        sink.putInt(node.span().docStart())
                .putInt(node.span().start())
                .putInt(node.span().end())
                .putInt(node.span().startLine())
                .putInt(node.span().endLine())
                .putInt(node.flags());
        add(node.content());
        add(node.shape());
        add(node.doc());
        sink.putText(node.detail());
    }

    private void add(Edge edge) {
        add(edge.from());
        add(edge.to());
        sink.putText(edge.kind().name())
                .putText(edge.role())
                .putText(edge.found().name())
                .putText(edge.detail())
                .putInt(edge.sites().count());
        for (int packed : edge.sites().toPacked()) {
            sink.putInt(packed);
        }
    }

    private void add(NodeId id) {
        sink.putLong(id.high()).putLong(id.low());
    }

    private void add(@Nullable ContentHash hash) {
        sink.putByte(hash == null ? 0 : 1);
        if (hash != null) {
            sink.putLong(hash.a()).putLong(hash.b()).putLong(hash.c()).putLong(hash.d());
        }
    }
}
