package dev.quarry.schema;

import java.util.Optional;
import java.util.function.Function;

/**
 * Edges as lines {@code from<TAB>to} over binary names and erased signatures, the form in which graphs of different tools
 * are compared.
 *
 * <p>Types are {@code a.b.Outer$Inner}, methods {@code owner#name(type,type)}, fields {@code owner#name}; the target of an
 * inheritance line is {@code extends TYPE} or {@code implements TYPE}.
 */
public final class GroundTruthLines {
    private GroundTruthLines() {}

    /** The kinds of lines. */
    public enum Kind {
        /** Who calls whom: {@link EdgeKind#CALLS}. */
        CALLS,
        /** {@link EdgeKind#EXTENDS} and {@link EdgeKind#IMPLEMENTS}. */
        INHERITS,
        /** {@link EdgeKind#OVERRIDES}. */
        OVERRIDES,
        /** {@link EdgeKind#READS} and {@link EdgeKind#WRITES}. */
        FIELDS,
        /** Verb, path and handler, with a tab between each: {@link EdgeKind#HANDLED_BY}. */
        ROUTES,
        /** What is handed a bean, and the bean with its type: {@link EdgeKind#INJECTS}. */
        INJECTIONS;

        /** Whether edges of this kind make lines of this kind. */
        public boolean includes(EdgeKind edge) {
            return switch (this) {
                case CALLS -> edge == EdgeKind.CALLS;
                case INHERITS -> edge == EdgeKind.EXTENDS || edge == EdgeKind.IMPLEMENTS;
                case OVERRIDES -> edge == EdgeKind.OVERRIDES;
                case FIELDS -> edge == EdgeKind.READS || edge == EdgeKind.WRITES;
                case ROUTES -> edge == EdgeKind.HANDLED_BY;
                case INJECTIONS -> edge == EdgeKind.INJECTS;
            };
        }
    }

    /**
     * The line of an edge; empty where the edge is of another kind, or where a node is not known.
     *
     * <p>A field that is read and written gives the same line twice.
     */
    public static Optional<String> line(Kind kind, Edge edge, Function<NodeId, Optional<Node>> nodes) {
        if (!kind.includes(edge.kind())) {
            return Optional.empty();
        }
        String verb = switch (edge.kind()) {
            case EXTENDS -> "extends ";
            case IMPLEMENTS -> "implements ";
            default -> "";
        };
        return nodes.apply(edge.from())
                .flatMap(from -> nodes.apply(edge.to()).map(to -> source(kind, from) + "\t" + verb + to.symbol()));
    }

    private static String source(Kind kind, Node from) {
        return kind == Kind.ROUTES ? from.symbol().replaceFirst(" ", "\t") : from.symbol();
    }
}
