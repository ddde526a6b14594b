package dev.quarry.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend.Relationship;
import dev.quarry.server.Backend.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers about one symbol and what surrounds it. */
final class SymbolOperations {
    /** How many candidates of an ambiguous name are listed. */
    private static final int MAX_CANDIDATES = 50;

    private static final int DEFAULT_DEPTH = 1;
    private static final int DEFAULT_IMPACT_DEPTH = 3;
    private static final int DEFAULT_LIMIT = 100;
    private static final int DEFAULT_WAY = 12;

    private final Backend backend;
    private final ServerLimits limits;

    SymbolOperations(Backend backend, ServerLimits limits) {
        this.backend = backend;
        this.limits = limits;
    }

    /** {@code findSymbols}. */
    Reply find(Call call) {
        String name = call.text("name");
        Resolution resolution = NodeId.isNodeId(name) ? byId(name) : backend.resolve(name);
        List<StampedNode> candidates = switch (resolution) {
            case Resolution.Found found -> List.of(found.node());
            case Resolution.Ambiguous ambiguous -> ambiguous.candidates();
            case Resolution.Missing _ -> List.of();
        };
        return Reply.ok(out -> {
            candidates(out, candidates.subList(0, Math.min(candidates.size(), limits.maxRows())));
            if (resolution instanceof Resolution.Missing missing) {
                out.writeStringField("hint", missing.hint());
            }
            Render.standing(out, backend.standing());
        });
    }

    /** {@code getSymbol}. */
    Reply get(Call call) {
        StampedNode symbol = symbol(call.path("id"));
        Map<NodeId, String> paths = Render.pathsOf(backend, List.of(symbol.node()));
        return Reply.ok(out -> {
            out.writeFieldName("symbol");
            Render.detail(out, symbol, paths);
            Render.standing(out, backend.standing());
        });
    }

    /** One of the operations that follow edges. */
    Operation related(Relationship relationship) {
        int defaultDepth = relationship == Relationship.IMPACT ? DEFAULT_IMPACT_DEPTH : DEFAULT_DEPTH;
        return call -> {
            StampedNode start = symbol(call.path("id"));
            int depth = call.number("depth", defaultDepth, limits.maxDepth());
            int limit = call.number("limit", DEFAULT_LIMIT, limits.maxRows());
            Backend.Rows reached = backend.related(relationship, start, depth, limit);
            Map<NodeId, String> paths = pathsOf(start, reached.rows());
            return Reply.ok(out -> {
                out.writeFieldName("symbol");
                Render.symbol(out, start.node(), paths);
                rows(out, "rows", reached.rows(), paths);
                out.writeBooleanField("truncated", reached.truncated());
                Render.standing(out, backend.standing());
            });
        };
    }

    /** {@code getPath}. */
    Reply path(Call call) {
        StampedNode from = symbol(call.path("id"));
        StampedNode to = symbol(call.text("to"));
        int depth = call.number("depth", DEFAULT_WAY, limits.maxDepth());
        Optional<List<Row>> way = backend.way(from.node().id(), to.node().id(), depth);
        List<Row> steps = way.orElse(List.of());
        Map<NodeId, String> paths = Render.pathsOf(backend, nodes(List.of(from, to), steps));
        return Reply.ok(out -> {
            out.writeFieldName("from");
            Render.symbol(out, from.node(), paths);
            out.writeFieldName("to");
            Render.symbol(out, to.node(), paths);
            out.writeBooleanField("found", way.isPresent());
            rows(out, "steps", steps, paths);
            Render.standing(out, backend.standing());
        });
    }

    /** The node that this text names; a problem with the candidates if it names several. */
    StampedNode symbol(String text) {
        return one(text, resolved(text));
    }

    /** The same, be it one that is gone. */
    StampedNode formerSymbol(String text) {
        return one(text, resolved(text).orGone(() -> backend.gone(text)));
    }

    private Resolution resolved(String text) {
        return NodeId.isNodeId(text) ? byId(text) : backend.resolve(text);
    }

    private StampedNode one(String text, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found found -> found.node();
            case Resolution.Ambiguous ambiguous -> throw ambiguous(text, ambiguous.candidates());
            case Resolution.Missing missing -> throw new QuarryException(ErrorCode.NOT_FOUND, missing.hint());
        };
    }

    private Resolution byId(String id) {
        Optional<StampedNode> node = backend.node(NodeId.parse(id));
        return node.isPresent()
                ? new Resolution.Found(node.get())
                : new Resolution.Missing(
                        "no symbol has the id " + id + ": it may be gone since the last index run; ask by name");
    }

    private ProblemException ambiguous(String text, List<StampedNode> candidates) {
        List<StampedNode> listed = candidates.subList(0, Math.min(MAX_CANDIDATES, candidates.size()));
        String detail =
                "'" + text + "' fits " + candidates.size() + " symbols: name one of the candidates by its symbol or id";
        return new ProblemException(new Problem(
                Problem.statusOf(ErrorCode.AMBIGUOUS),
                ErrorCode.AMBIGUOUS,
                detail,
                out -> candidates(out, listed),
                Map.of()));
    }

    private void candidates(JsonGenerator out, List<StampedNode> candidates) throws IOException {
        List<Node> nodes = candidates.stream().map(StampedNode::node).toList();
        Map<NodeId, String> paths = Render.pathsOf(backend, nodes);
        out.writeArrayFieldStart("candidates");
        for (Node node : nodes) {
            Render.symbol(out, node, paths);
        }
        out.writeEndArray();
    }

    private Map<NodeId, String> pathsOf(StampedNode start, List<Row> rows) {
        return Render.pathsOf(backend, nodes(List.of(start), rows));
    }

    private static Iterable<Node> nodes(List<StampedNode> ends, List<Row> rows) {
        return Stream.concat(ends.stream(), rows.stream().map(Row::node))
                .map(StampedNode::node)
                .toList();
    }

    private static void rows(JsonGenerator out, String name, List<Row> rows, Map<NodeId, String> paths)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (Row row : rows) {
            Render.row(out, row, paths);
        }
        out.writeEndArray();
    }
}
