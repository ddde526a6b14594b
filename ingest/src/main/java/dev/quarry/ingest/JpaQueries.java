package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.List;
import java.util.Set;

/**
 * Statements of JPA: those that annotations name, those that a repository of Spring Data declares or names in the name of a
 * method, and those that code hands to an entity manager, a session or JDBC as a constant text.
 */
final class JpaQueries implements FrameworkExtractor {
    private static final String QUERY = "org.springframework.data.jpa.repository.Query";
    private static final String NATIVE = "org.springframework.data.jpa.repository.NativeQuery";
    private static final String JDBC_QUERY = "org.springframework.data.jdbc.repository.query.Query";
    private static final List<String> MANAGERS =
            List.of("jakarta.persistence.", "javax.persistence.", "org.hibernate.");
    private static final List<String> JDBC = List.of("org.springframework.jdbc.", "java.sql.");
    private static final Set<String> NATIVE_CALLS = Set.of("createNativeQuery", "createSQLQuery");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        QueryGraph queries = new QueryGraph(model, graph);
        for (TypeModel type : model.types()) {
            named(type, queries);
            if (type.kind() == NodeKind.INTERFACE && BeanCatalog.isRepository(model, type)) {
                repository(model, type, queries);
            }
        }
        model.invocations().forEach(call -> call(call, queries));
    }

    private static void named(TypeModel type, QueryGraph queries) {
        for (AnnotationModel each : type.annotations()) {
            String simple = each.type().substring(each.type().lastIndexOf('.') + 1);
            boolean own = JpaEntities.PACKAGES.contains(
                    each.type().substring(0, each.type().length() - simple.length()));
            if (own && (simple.equals("NamedQueries") || simple.equals("NamedNativeQueries"))) {
                QueryGraph.nested(each)
                        .forEach(inner -> named(inner, inner.type().endsWith("NativeQuery"), queries));
            } else if (own && (simple.equals("NamedQuery") || simple.equals("NamedNativeQuery"))) {
                named(each, simple.equals("NamedNativeQuery"), queries);
            }
        }
    }

    private static void named(AnnotationModel annotation, boolean isNative, QueryGraph queries) {
        String name = annotation.text("name");
        if (name.isEmpty()) {
            return;
        }
        if (isNative) {
            queries.sql(name, annotation.text("query"), "");
        } else {
            queries.jpql(name, annotation.text("query"));
        }
    }

    private static void repository(FrameworkModel model, TypeModel type, QueryGraph queries) {
        TypeModel entity = model.hierarchy(TypeName.plain(type.name())).stream()
                .filter(each -> each.name().startsWith("org.springframework.data.")
                        && !each.arguments().isEmpty())
                .flatMap(each -> model.type(each.argument(0).name()).stream())
                .findFirst()
                .orElse(null);
        for (TypeModel.Method method : type.methods()) {
            String name = type.name() + "." + method.name();
            AnnotationModel query = TypeModel.findAny(method.annotations(), List.of(QUERY, NATIVE, JDBC_QUERY))
                    .orElse(null);
            if (query != null && !query.text("value").isEmpty()) {
                String text =
                        query.text("value").replace("#{#entityName}", entity == null ? "" : JpaEntities.name(entity));
                boolean plain =
                        !query.type().equals(QUERY) || query.text("nativeQuery").equals("true");
                NodeId node = plain ? queries.sql(name, text, "") : queries.jpql(name, text);
                queries.runs(method.id(), node, StatementTables.writes(text), method.sites(), "");
            } else if (entity != null && !method.isStatic() && !method.isDefault()) {
                new DerivedQuery(queries, entity).add(name, method);
            }
        }
    }

    private static void call(FrameworkModel.Invocation call, QueryGraph queries) {
        if (call.arguments().isEmpty() || !(call.arguments().getFirst().value() instanceof AnnotationValue.Text text)) {
            return;
        }
        String statement = text.value();
        if (JDBC.stream().anyMatch(call.receiver()::startsWith)) {
            NodeId query = queries.sql(QueryGraph.nameOf(statement), statement, "");
            queries.runs(call.caller(), query, StatementTables.writes(statement), call.sites(), "");
        } else if (MANAGERS.stream().anyMatch(call.receiver()::startsWith)) {
            if (call.method().equals("createNamedQuery")) {
                NodeId query = queries.query(statement, "", "");
                queries.runs(call.caller(), query, false, call.sites(), "named");
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
