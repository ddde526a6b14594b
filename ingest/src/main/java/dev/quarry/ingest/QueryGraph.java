package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts statements and the tables that they name into the graph. */
final class QueryGraph {
    private static final int NAME_CHARS = 120;
    private static final int TEXT_CHARS = 1000;
    private static final int HASH_CHARS = 12;
    private static final String UNKNOWN = "unresolved: the repository has no entity of this name";

    private final FrameworkModel model;
    private final JpaEntities entities;
    private final ConceptGraph graph;

    QueryGraph(FrameworkModel model, ConceptGraph graph) {
        this.model = model;
        this.entities = new JpaEntities(model);
        this.graph = graph;
    }

    JpaEntities entities() {
        return entities;
    }

    /** A statement in SQL, by the name that owns it. */
    NodeId sql(QueryName name, String text, String place) {
        NodeId query = query(name, text, place);
        for (StatementTables.Use use : StatementTables.of(text)) {
            uses(query, table(TableNames.ofSql(use.name())), use.writes(), use.name());
        }
        return query;
    }

    /** A statement in JPQL: its names are those of entities, or paths from one to another. */
    NodeId jpql(QueryName name, String text) {
        NodeId query = query(name, text, "");
        Map<String, TypeModel> aliases = new HashMap<>();
        for (StatementTables.Use use : StatementTables.of(text)) {
            Optional<TypeModel> entity =
                    entities.named(use.name()).or(() -> model.type(use.name())).or(() -> path(use.name(), aliases));
            entity.ifPresent(found -> aliases.put(use.alias(), found));
            if (entity.isPresent()) {
                entities.table(entity.get()).ifPresent(table -> uses(query, table(table), use.writes(), use.name()));
            } else if (use.name().indexOf('.') < 0) {
                NodeId unknown = graph.concept(NodeKind.TABLE, TableNames.ofSql(use.name()), "", UNKNOWN);
                uses(query, unknown, use.writes(), use.name());
            }
        }
        return query;
    }

    private Optional<TypeModel> path(String name, Map<String, TypeModel> aliases) {
        int dot = name.indexOf('.');
        TypeModel start = dot < 0 ? null : aliases.get(name.substring(0, dot));
        return start == null ? Optional.empty() : entities.target(start, name.substring(dot + 1));
    }

    /** A statement without known tables. */
    NodeId query(QueryName name, String text, String place) {
        String shown = text.strip().replaceAll("\\s+", " ");
        String cut = shown.length() > TEXT_CHARS ? shown.substring(0, TEXT_CHARS) + " …" : shown;
        return graph.concept(NodeKind.QUERY, name.name(), name.signature(), place.isEmpty() ? cut : place + ": " + cut);
    }

    /** The name of a statement that nothing names: its text, as far as it is short. */
    static QueryName nameOf(String text) {
        String shown = text.strip().replaceAll("\\s+", " ");
        return QueryName.plain(
                shown.length() <= NAME_CHARS
                        ? shown
                        : shown.substring(0, NAME_CHARS) + " … "
                                + ContentHash.ofText(shown).toString().substring(0, HASH_CHARS));
    }

    NodeId table(String name) {
        return graph.concept(NodeKind.TABLE, name, "", "");
    }

    /** Leads from a statement to a table. */
    void uses(NodeId query, NodeId table, boolean writes, String name) {
        graph.edge(query, EdgeKind.QUERIES, writes ? "write" : "read", table, Sites.NONE, name);
    }

    /** Leads from a callable to a statement. */
    void runs(NodeId caller, NodeId query, boolean writes, Sites sites, String detail) {
        graph.edge(caller, EdgeKind.QUERIES, writes ? "write" : "read", query, sites, detail);
    }

    /** The statements that annotations of a container or of itself name. */
    static List<AnnotationModel> nested(AnnotationModel container) {
        return container
                .value("value")
                .map(value -> value.elements().stream()
                        .flatMap(each -> each instanceof AnnotationValue.Nested nested
                                ? List.of(nested.annotation()).stream()
                                : List.<AnnotationModel>of().stream())
                        .toList())
                .orElse(List.of());
    }
}
