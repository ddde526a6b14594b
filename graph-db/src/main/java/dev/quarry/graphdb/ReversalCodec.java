package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import dev.quarry.schema.Span;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.Version;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Packs reversals. Ids and words are written once and then named by their number; rows come in the order of their keys, so
 * that equal reversals give equal bytes.
 */
final class ReversalCodec {
    private static final int FORMAT = 1;
    private static final Comparator<EdgeKey> EDGES = Comparator.comparing(EdgeKey::from)
            .thenComparing(EdgeKey::kind)
            .thenComparing(EdgeKey::role)
            .thenComparing(EdgeKey::to);

    private ReversalCodec() {}

    static byte[] encode(Reversal reversal) {
        TableSink sink = new TableSink();
        sink.all(new TreeMap<>(reversal.meta()), (key, value) -> {
            sink.word(key);
            sink.optional(value, sink::word);
        });
        sink.all(new TreeMap<>(reversal.files()), (id, file) -> {
            sink.id(id);
            sink.optional(file, stored -> file(sink, stored));
        });
        sink.all(new TreeMap<>(reversal.texts()), (raw, text) -> {
            sink.hash(raw);
            sink.optional(text, old -> text(sink, old));
        });
        sink.all(new TreeMap<>(reversal.nodes()), (id, node) -> {
            sink.id(id);
            sink.optional(node, stamped -> node(sink, stamped));
        });
        TreeMap<EdgeKey, Optional<Edge>> edges = new TreeMap<>(EDGES);
        edges.putAll(reversal.edges());
        sink.all(edges, (key, edge) -> {
            key(sink, key);
            sink.optional(edge, old -> edge(sink, old));
        });
        sink.all(new TreeMap<>(reversal.derived()), (part, digest) -> {
            sink.rows().number(part);
            sink.optional(digest, old -> sink.optionalHash(old.hash()));
        });
        sink.all(new TreeMap<>(reversal.concepts()), (id, wasThere) -> {
            sink.id(id);
            sink.rows().number(wasThere ? 1 : 0);
        });
        return sink.pack(FORMAT);
    }

    static Reversal decode(byte[] bytes) {
        TableSource source = TableSource.unpack(bytes, FORMAT);
        Reversal reversal = Reversal.recording();
        source.all(() -> reversal.meta(source.word(), source.optional(source::word)));
        source.all(() -> reversal.file(source.id(), source.optional(() -> file(source))));
        source.all(() -> reversal.text(source.hash(), source.optional(() -> text(source))));
        source.all(() -> {
            NodeId id = source.id();
            reversal.node(id, source.optional(() -> node(source, id)));
        });
        source.all(() -> {
            EdgeKey key = key(source);
            reversal.edge(key, source.optional(() -> edge(source, key)));
        });
        source.all(() -> reversal.derived(
                source.rows().integer(), source.optional(() -> new Reversal.Digest(source.optionalHash()))));
        source.all(() -> reversal.concept(source.id(), source.rows().number() == 1));
        return reversal;
    }

    private static void file(TableSink sink, StoredFile stored) {
        FileRecord file = stored.file();
        Coverage calls = file.coverage();
        sink.word(file.path());
        sink.hash(file.raw());
        sink.hash(stored.facts());
        sink.word(file.status().name());
        sink.word(file.problem());
        sink.rows().number(file.bytes()).number(file.lines());
        sink.rows()
                .number(calls.internal())
                .number(calls.library())
                .number(calls.jdk())
                .number(calls.unresolved());
    }

    private static StoredFile file(TableSource source) {
        String path = source.word();
        ContentHash raw = source.hash();
        ContentHash facts = source.hash();
        FileStatus status = FileStatus.valueOf(source.word());
        String problem = source.word();
        CompactSource rows = source.rows();
        long bytes = rows.number();
        int lines = rows.integer();
        Coverage calls = new Coverage(rows.integer(), rows.integer(), rows.integer(), rows.integer());
        return new StoredFile(new FileRecord(path, raw, status, problem, bytes, lines, calls), facts);
    }

    private static void text(TableSink sink, Reversal.Text text) {
        sink.optionalHash(text.base());
        sink.rows().number(text.delta().length).raw(text.delta());
    }

    private static Reversal.Text text(TableSource source) {
        @Nullable ContentHash base = source.optionalHash();
        return new Reversal.Text(base, source.rows().raw(source.rows().integer()));
    }

    private static void node(TableSink sink, StampedNode stamped) {
        Node node = stamped.node();
        Span span = node.span();
        sink.word(node.kind().name());
        sink.word(node.name());
        sink.word(node.qualifiedName());
        sink.word(node.signature());
        sink.word(node.declaration());
        sink.id(node.file());
        sink.rows()
                .signed(span.docStart())
                .signed(span.start() - (long) span.docStart())
                .signed(span.end() - (long) span.start())
                .signed(span.startLine())
                .signed(span.endLine() - (long) span.startLine())
                .number(Integer.toUnsignedLong(node.flags()));
        sink.hash(node.content());
        sink.optionalHash(node.shape());
        sink.optionalHash(node.doc());
        sink.word(node.detail());
        sink.rows().word(stamped.version().high()).word(stamped.version().low());
    }

    private static StampedNode node(TableSource source, NodeId id) {
        NodeKind kind = NodeKind.of(source.word());
        String name = source.word();
        String qualifiedName = source.word();
        String signature = source.word();
        String declaration = source.word();
        NodeId file = source.id();
        CompactSource rows = source.rows();
        int docStart = rows.signedInteger();
        int start = docStart + rows.signedInteger();
        int end = start + rows.signedInteger();
        int startLine = rows.signedInteger();
        int endLine = startLine + rows.signedInteger();
        int flags = (int) rows.number();
        Node node = new Node(
                id,
                kind,
                name,
                qualifiedName,
                signature,
                declaration,
                file,
                new Span(docStart, start, end, startLine, endLine),
                flags,
                source.hash(),
                source.optionalHash(),
                source.optionalHash(),
                source.word());
        return new StampedNode(node, new Version(rows.word(), rows.word()));
    }

    private static void key(TableSink sink, EdgeKey key) {
        sink.id(key.from());
        sink.word(key.kind().name());
        sink.word(key.role());
        sink.id(key.to());
    }

    private static EdgeKey key(TableSource source) {
        NodeId from = source.id();
        EdgeKind kind = EdgeKind.of(source.word());
        String role = source.word();
        return new EdgeKey(from, kind, source.id(), role);
    }

    private static void edge(TableSink sink, Edge edge) {
        Sites sites = edge.sites();
        sink.word(edge.found().name());
        sink.word(edge.detail());
        sink.rows().number(sites.count());
        int line = 0;
        for (int i = 0; i < sites.count(); i++) {
            sink.rows().signed(sites.line(i) - (long) line).number(sites.column(i));
            line = sites.line(i);
        }
    }

    private static Edge edge(TableSource source, EdgeKey key) {
        Found found = Found.valueOf(source.word());
        String detail = source.word();
        int[] packed = new int[source.rows().integer()];
        int line = 0;
        for (int i = 0; i < packed.length; i++) {
            line += source.rows().signedInteger();
            packed[i] = Sites.pack(line, source.rows().integer());
        }
        Sites sites = packed.length == 0 ? Sites.NONE : Sites.ofPacked(packed);
        return new Edge(key.from(), key.kind(), key.role(), key.to(), found, sites, detail);
    }
}
