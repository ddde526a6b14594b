package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.Sites;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Statements of JPA: those that annotations name, those that a repository of Spring Data declares or names in the name of a
 * method, and those that code hands to an entity manager, a session or JDBC as a constant text.
 */
final class JpaQueries implements FrameworkExtractor {
    private static final String UNNAMED = "unresolved: no annotation of the repository gives a statement this name";
    private static final List<String> MANAGERS =
            List.of("jakarta.persistence.", "javax.persistence.", "org.hibernate.");
    private static final List<String> JDBC = List.of("org.springframework.jdbc.", "java.sql.");
    private static final Set<String> NATIVE_CALLS = Set.of("createNativeQuery", "createSQLQuery");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        QueryGraph queries = new QueryGraph(model, graph);
        Named named = new Named(queries, new TreeMap<>());
        model.types().forEach(named::addAll);
        new RepositoryQueries(model, queries, named).addAll();
        model.invocations().forEach(call -> call(call, queries, named));
    }

    /**
     * The statements that annotations name.
     *
     * @param texts by name
     */
    record Named(QueryGraph queries, Map<String, String> texts) {
        private void addAll(TypeModel type) {
            for (AnnotationModel each : type.annotations()) {
                String simple = each.type().substring(each.type().lastIndexOf('.') + 1);
                boolean own = JpaEntities.PACKAGES.contains(
                        each.type().substring(0, each.type().length() - simple.length()));
                if (own && (simple.equals("NamedQueries") || simple.equals("NamedNativeQueries"))) {
                    QueryGraph.nested(each)
                            .forEach(inner -> add(inner, inner.type().endsWith("NativeQuery")));
                } else if (own && (simple.equals("NamedQuery") || simple.equals("NamedNativeQuery"))) {
                    add(each, simple.equals("NamedNativeQuery"));
                }
            }
        }

        private void add(AnnotationModel annotation, boolean isNative) {
            String name = annotation.text("name");
            String text = annotation.text("query");
            if (name.isEmpty()) {
                return;
            }
            texts.putIfAbsent(name, text);
            if (isNative) {
                queries.sql(QueryName.plain(name), text, "");
            } else {
                queries.jpql(QueryName.plain(name), text);
            }
        }

        boolean has(String name) {
            return texts.containsKey(name);
        }

        /** Leads from a callable to the statement of this name. */
        void runs(NodeId caller, String name, Sites sites) {
            String text = texts.get(name);
            NodeId query = queries.query(QueryName.plain(name), text == null ? UNNAMED : text, "");
            queries.runs(caller, query, text != null && StatementTables.writes(text), sites, "named");
        }
    }

    private static void call(FrameworkModel.Invocation call, QueryGraph queries, Named named) {
        if (call.arguments().isEmpty() || !(call.arguments().getFirst().value() instanceof AnnotationValue.Text text)) {
            return;
        }
        String statement = text.value();
        if (JDBC.stream().anyMatch(call.receiver()::startsWith)) {
            NodeId query = queries.sql(QueryGraph.nameOf(statement), statement, "");
            queries.runs(call.caller(), query, StatementTables.writes(statement), call.sites(), "");
        } else if (MANAGERS.stream().anyMatch(call.receiver()::startsWith)) {
            if (call.method().equals("createNamedQuery")) {
                named.runs(call.caller(), statement, call.sites());
            } else if (NATIVE_CALLS.contains(call.method())) {
                NodeId query = queries.sql(QueryGraph.nameOf(statement), statement, "");
                queries.runs(call.caller(), query, StatementTables.writes(statement), call.sites(), "");
            } else if (call.method().equals("createQuery")) {
                NodeId query = queries.jpql(QueryGraph.nameOf(statement), statement);
                queries.runs(call.caller(), query, StatementTables.writes(statement), call.sites(), "");
            }
        }
    }
}
