package dev.quarry.schema;

/**
 * A fact: this relates to that. The identity of an edge is {@code from, kind, role, to}.
 *
 * @param role which of the kind's roles it has; empty for kinds without roles (see {@link EdgeKind})
 * @param found how it came to be known
 * @param sites where in the file of {@code from} it is written
 * @param detail the kind's further property: for ANNOTATED_BY the values as written, for TYPE_USE the type with its
 *     arguments; else empty
 */
public record Edge(NodeId from, EdgeKind kind, String role, NodeId to, Found found, Sites sites, String detail) {}
