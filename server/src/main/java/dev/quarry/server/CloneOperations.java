package dev.quarry.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quarry.graphdb.CloneGroup;
import dev.quarry.graphdb.CloneGroups;
import dev.quarry.graphdb.CloneKind;
import dev.quarry.graphdb.CloneRequest;
import dev.quarry.graphdb.Duplicate;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Answers about duplicates. */
final class CloneOperations {
    private static final int DEFAULT_LIMIT = 100;

    private final Backend backend;
    private final SymbolOperations symbols;
    private final ServerLimits limits;

    CloneOperations(Backend backend, SymbolOperations symbols, ServerLimits limits) {
        this.backend = backend;
        this.symbols = symbols;
        this.limits = limits;
    }

    /** {@code getClones}. */
    Reply groups(Call call) {
        Set<CloneKind> kinds = call.optionalText("kind")
                .map(kind -> Set.of(CloneKind.valueOf(kind.toUpperCase(Locale.ROOT))))
                .orElse(EnumSet.allOf(CloneKind.class));
        CloneRequest request = new CloneRequest(
                kinds,
                call.number("minLines", CloneRequest.DEFAULT_LINES, Integer.MAX_VALUE),
                call.number("minTokens", CloneRequest.DEFAULT_TOKENS, Integer.MAX_VALUE),
                call.number("limit", DEFAULT_LIMIT, limits.maxRows()));
        CloneGroups found = backend.clones(request);
        Map<NodeId, String> paths = Render.pathsOf(
                backend,
                found.groups().stream()
                        .flatMap(group -> listed(group).stream())
                        .map(Duplicate::node)
                        .toList());
        return Reply.ok(out -> {
            out.writeArrayFieldStart("groups");
            for (CloneGroup group : found.groups()) {
                group(out, group, paths);
            }
            out.writeEndArray();
            out.writeBooleanField("truncated", found.truncated());
            Render.standing(out, backend.standing());
        });
    }

    /** {@code getSymbolClones}. */
    Reply ofSymbol(Call call) {
        StampedNode symbol = symbols.symbol(call.path("id"));
        int limit = call.number("limit", DEFAULT_LIMIT, limits.maxRows());
        List<Duplicate> found = backend.clonesOf(symbol.node().id());
        List<Duplicate> told = found.subList(0, Math.min(limit, found.size()));
        List<Node> nodes = Stream.concat(Stream.of(symbol.node()), told.stream().map(Duplicate::node))
                .toList();
        Map<NodeId, String> paths = Render.pathsOf(backend, nodes);
        return Reply.ok(out -> {
            out.writeFieldName("symbol");
            Render.symbol(out, symbol.node(), paths);
            duplicates(out, "clones", told, paths);
            out.writeBooleanField("truncated", found.size() > limit);
            Render.standing(out, backend.standing());
        });
    }

    private List<Duplicate> listed(CloneGroup group) {
        return group.members()
                .subList(0, Math.min(limits.maxRows(), group.members().size()));
    }

    private void group(JsonGenerator out, CloneGroup group, Map<NodeId, String> paths) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", name(group.kind()));
        out.writeNumberField("saving", group.saving());
        out.writeNumberField("count", group.members().size());
        duplicates(out, "members", listed(group), paths);
        out.writeEndObject();
    }

    private static void duplicates(
            JsonGenerator out, String name, List<Duplicate> duplicates, Map<NodeId, String> paths) throws IOException {
        out.writeArrayFieldStart(name);
        for (Duplicate duplicate : duplicates) {
            Render.duplicate(out, duplicate, name(duplicate.kind()), paths);
        }
        out.writeEndArray();
    }

    private static String name(CloneKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
