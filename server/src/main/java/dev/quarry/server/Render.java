package dev.quarry.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quarry.graphdb.Duplicate;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.UnresolvedReason;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract's schemas, written straight into the reply. */
final class Render {
    private Render() {}

    /** The paths of the files that declare these nodes. */
    static Map<NodeId, String> pathsOf(Backend backend, Iterable<Node> nodes) {
        Set<NodeId> files = new HashSet<>();
        for (Node node : nodes) {
            if (!node.file().equals(NodeId.NONE)) {
                files.add(node.file());
            }
        }
        return files.isEmpty() ? Map.of() : backend.paths(files);
    }

    /** The members {@code coverage} and {@code freshness}. */
    static void standing(JsonGenerator out, Backend.Standing standing) throws IOException {
        out.writeObjectFieldStart("coverage");
        out.writeObjectFieldStart("files");
        for (Map.Entry<FileStatus, Integer> entry : standing.files().entrySet()) {
            out.writeNumberField(entry.getKey().name(), entry.getValue());
        }
        out.writeEndObject();
        coverage(out, "calls", standing.calls());
        out.writeEndObject();
        out.writeObjectFieldStart("freshness");
        Freshness freshness = standing.freshness();
        out.writeNumberField("sequence", freshness.sequence());
        if (freshness.indexedAt().isPresent()) {
            out.writeStringField("indexedAt", freshness.indexedAt().get().toString());
        }
        out.writeBooleanField("complete", freshness.complete());
        out.writeNumberField("textSequence", freshness.textSequence());
        out.writeNumberField("vectorSequence", freshness.vectorSequence());
        out.writeNumberField("embedded", freshness.embedded());
        out.writeNumberField("embeddable", freshness.embeddable());
        out.writeNumberField("instant", freshness.instant());
        if (freshness.commit().isPresent()) {
            out.writeStringField("commit", freshness.commit().get());
        }
        problems(out, freshness);
        watch(out, standing.tree());
        out.writeEndObject();
    }

    /** What of the serving index cannot be read, as the member {@code problems}; none if all can. */
    static void problems(JsonGenerator out, Freshness freshness) throws IOException {
        if (freshness.problems().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("problems");
        for (String problem : freshness.problems()) {
            out.writeString(problem);
        }
        out.writeEndArray();
    }

    /** How files are followed, as the member {@code watch}. */
    static void watch(JsonGenerator out, WorkingTree tree) throws IOException {
        out.writeObjectFieldStart("watch");
        out.writeStringField("mode", tree.mode().name());
        if (tree.mode() != WorkingTree.Mode.OFF) {
            out.writeNumberField("dirty", tree.dirty());
            out.writeArrayFieldStart("files");
            for (String path : tree.some()) {
                out.writeString(path);
            }
            out.writeEndArray();
            out.writeNumberField("lagMillis", tree.lagMillis(Instant.now()));
        }
        if (!tree.problem().isEmpty()) {
            out.writeStringField("problem", tree.problem());
        }
        out.writeEndObject();
    }

    /** Where call sites ended, as the member {@code name}; then those that are not bound, as {@code unresolved}. */
    static void coverage(JsonGenerator out, String name, Coverage coverage) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("internal", coverage.internal());
        out.writeNumberField("library", coverage.library());
        out.writeNumberField("jdk", coverage.jdk());
        out.writeNumberField("unresolved", coverage.unresolved());
        out.writeEndObject();
        out.writeObjectFieldStart("unresolved");
        for (Map.Entry<UnresolvedReason, Integer> entry : coverage.reasons().entrySet()) {
            out.writeNumberField(entry.getKey().name(), entry.getValue());
        }
        out.writeEndObject();
    }

    /** A symbol as an object. */
    static void symbol(JsonGenerator out, Node node, Map<NodeId, String> paths) throws IOException {
        out.writeStartObject();
        symbolMembers(out, node, paths);
        out.writeEndObject();
    }

    private static void symbolMembers(JsonGenerator out, Node node, Map<NodeId, String> paths) throws IOException {
        identity(out, node);
        file(out, node, paths);
        if (node.span().startLine() > 0) {
            out.writeNumberField("line", node.span().startLine());
        }
        declaration(out, node);
    }

    /** A symbol reached, with the edge that led to it. */
    static void row(JsonGenerator out, Backend.Row row, Map<NodeId, String> paths) throws IOException {
        out.writeStartObject();
        symbolMembers(out, row.node().node(), paths);
        out.writeNumberField("depth", row.depth());
        Edge edge = row.via();
        out.writeObjectFieldStart("via");
        out.writeStringField("kind", edge.kind().name());
        if (!edge.role().isEmpty()) {
            out.writeStringField("role", edge.role());
        }
        out.writeStringField("from", edge.from().toString());
        out.writeStringField("to", edge.to().toString());
        out.writeStringField("found", edge.found().name());
        out.writeEndObject();
        sites(out, edge.sites());
        out.writeEndObject();
    }

    private static void sites(JsonGenerator out, Sites sites) throws IOException {
        out.writeArrayFieldStart("sites");
        for (int i = 0; i < sites.count(); i++) {
            out.writeStartObject();
            out.writeNumberField("line", sites.line(i));
            out.writeNumberField("column", sites.column(i));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** A hit of a search. */
    static void hit(JsonGenerator out, Backend.Hit hit, Map<NodeId, String> paths) throws IOException {
        out.writeStartObject();
        identity(out, hit.node());
        file(out, hit.node(), paths);
        lines(out, hit.node().span().startLine(), hit.node().span().endLine());
        declaration(out, hit.node());
        out.writeNumberField("score", hit.score());
        out.writeArrayFieldStart("legs");
        for (Backend.LegPoints leg : hit.legs()) {
            out.writeStartObject();
            out.writeStringField("leg", leg.leg());
            if (leg.rank() > 0) {
                out.writeNumberField("rank", leg.rank());
            }
            out.writeNumberField("score", leg.score());
            out.writeNumberField("points", leg.points());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeObjectFieldStart("bonuses");
        for (Map.Entry<String, Double> bonus : hit.bonuses().entrySet()) {
            out.writeNumberField(bonus.getKey(), bonus.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /** A declaration that is like another. */
    static void duplicate(JsonGenerator out, Duplicate duplicate, String kind, Map<NodeId, String> paths)
            throws IOException {
        Node node = duplicate.node();
        out.writeStartObject();
        identity(out, node);
        file(out, node, paths);
        lines(out, node.span().startLine(), node.span().endLine());
        declaration(out, node);
        out.writeStringField("alike", kind);
        out.writeNumberField("similarity", duplicate.similarity());
        out.writeNumberField("tokens", duplicate.tokens());
        out.writeEndObject();
    }

    /** A piece of a context. */
    static void piece(JsonGenerator out, Backend.Piece piece, Optional<String> commit) throws IOException {
        out.writeStartObject();
        out.writeStringField("symbol", piece.symbol());
        out.writeStringField("id", piece.id().toString());
        out.writeStringField("kind", piece.kind().name());
        if (!piece.file().isEmpty()) {
            out.writeStringField("file", piece.file());
        }
        lines(out, piece.startLine(), piece.endLine());
        out.writeStringField("extent", piece.extent());
        out.writeStringField("why", piece.why());
        if (commit.isPresent()) {
            out.writeStringField("commit", commit.get());
        }
        out.writeStringField("content", piece.content().toString());
        out.writeStringField("text", piece.text());
        out.writeEndObject();
    }

    /** How tokens are counted, as the member {@code counter}. */
    static void counter(JsonGenerator out, Backend.Counter counter) throws IOException {
        out.writeObjectFieldStart("counter");
        if (!counter.model().isEmpty()) {
            out.writeStringField("model", counter.model());
        }
        out.writeStringField("vocabulary", counter.vocabulary());
        out.writeNumberField("marginPercent", counter.marginPercent());
        out.writeEndObject();
    }

    /** What was left out of a context. */
    static void omission(JsonGenerator out, Backend.Omission omission) throws IOException {
        out.writeStartObject();
        out.writeStringField("symbol", omission.symbol());
        out.writeStringField("id", omission.id().toString());
        out.writeStringField("reason", omission.reason());
        out.writeEndObject();
    }

    /** All that is stored of a symbol, as an object. */
    static void detail(JsonGenerator out, StampedNode stamped, Map<NodeId, String> paths) throws IOException {
        Node node = stamped.node();
        out.writeStartObject();
        identity(out, node);
        out.writeStringField("name", node.name());
        out.writeStringField("qualifiedName", node.qualifiedName());
        out.writeStringField("signature", node.signature());
        declaration(out, node);
        out.writeArrayFieldStart("modifiers");
        for (String modifier : modifiers(node)) {
            out.writeString(modifier);
        }
        out.writeEndArray();
        file(out, node, paths);
        lines(out, node.span().startLine(), node.span().endLine());
        out.writeStringField("content", node.content().toString());
        if (node.doc() != null) {
            out.writeStringField("doc", node.doc().toString());
        }
        out.writeStringField("version", stamped.version().toString());
        if (!node.detail().isEmpty()) {
            out.writeStringField("detail", node.detail());
        }
        out.writeEndObject();
    }

    /** The members of a document. */
    static void members(JsonGenerator out, Map<String, @Nullable Object> tree) throws IOException {
        for (Map.Entry<String, @Nullable Object> member : tree.entrySet()) {
            out.writeFieldName(member.getKey());
            value(out, member.getValue());
        }
    }

    /** A value of a script's result. */
    static void value(JsonGenerator out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Boolean truth -> out.writeBoolean(truth);
            case Long number -> out.writeNumber(number);
            case Integer number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Float number -> out.writeNumber(number);
            case byte[] bytes -> out.writeString(HexFormat.of().formatHex(bytes));
            case List<?> list -> {
                out.writeStartArray();
                for (Object element : list) {
                    value(out, element);
                }
                out.writeEndArray();
            }
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.writeFieldName(String.valueOf(entry.getKey()));
                    value(out, entry.getValue());
                }
                out.writeEndObject();
            }
            default -> out.writeString(value.toString());
        }
    }

    private static void identity(JsonGenerator out, Node node) throws IOException {
        out.writeStringField("symbol", node.symbol());
        out.writeStringField("id", node.id().toString());
        out.writeStringField("kind", node.kind().name());
    }

    private static void file(JsonGenerator out, Node node, Map<NodeId, String> paths) throws IOException {
        String path = node.kind() == NodeKind.FILE ? node.qualifiedName() : paths.get(node.file());
        if (path != null) {
            out.writeStringField("file", path);
        }
    }

    private static void lines(JsonGenerator out, int start, int end) throws IOException {
        if (start > 0) {
            out.writeNumberField("startLine", start);
            out.writeNumberField("endLine", end);
        }
    }

    private static void declaration(JsonGenerator out, Node node) throws IOException {
        if (!node.declaration().isEmpty()) {
            out.writeStringField("declaration", node.declaration());
        }
    }

    private static List<String> modifiers(Node node) {
        int mask = node.kind().isCallable()
                ? Modifier.methodModifiers()
                : Modifier.classModifiers() | Modifier.fieldModifiers();
        List<String> words = new ArrayList<>();
        String java = Modifier.toString(node.flags() & mask);
        if (!java.isEmpty()) {
            words.addAll(List.of(java.split(" ")));
        }
        addIf(words, node, Flags.DEFAULT, "default");
        addIf(words, node, Flags.SEALED, "sealed");
        addIf(words, node, Flags.IMPLICIT, "implicit");
        addIf(words, node, Flags.DEPRECATED, "deprecated");
        addIf(words, node, Flags.TEST, "test");
        addIf(words, node, Flags.GENERATED, "generated");
        addIf(words, node, Flags.LOCAL, "local");
        addIf(words, node, Flags.BROKEN, "broken");
        return words;
    }

    private static void addIf(List<String> words, Node node, int flag, String word) {
        if (Flags.has(node.flags(), flag)) {
            words.add(word);
        }
    }
}
