package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Statements of MyBatis: from annotations of mappers, from mappers in XML, and where code names one to a session. A method
 * and the statement of its mapper and name belong together.
 */
final class MyBatisStatements implements FrameworkExtractor {
    private static final String PACKAGE = "org.apache.ibatis.annotations.";
    private static final Set<String> VERBS = Set.of("Select", "Insert", "Update", "Delete");
    private static final List<String> SESSIONS = List.of("org.apache.ibatis.session.", "org.mybatis.spring.");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        QueryGraph queries = new QueryGraph(model, graph);
        for (TypeModel type : model.types()) {
            List<TypeModel.Method> own = type.methods().stream()
                    .filter(MyBatisStatements::isAnnotated)
                    .toList();
            Set<String> overloaded = QueryName.overloaded(own);
            own.forEach(method -> annotated(model, method, QueryName.of(type, method, overloaded), queries, graph));
        }
        Map<String, List<TypeModel.Method>> methods = methods(model);
        Map<String, MapperStatement> byName = new LinkedHashMap<>();
        for (MapperStatement statement : model.resources().statements()) {
            byName.put(statement.name(), statement);
            NodeId query = queries.sql(QueryName.plain(statement.name()), statement.sql(), statement.place());
            for (TypeModel.Method method : methods.getOrDefault(statement.name(), List.of())) {
                String type = statement.resultType().isEmpty() ? "" : "result " + statement.resultType();
                queries.runs(method.id(), query, isWrite(statement), method.sites(), type);
            }
        }
        model.invocations().forEach(call -> call(call, byName, queries));
    }

    /** The methods of the types that mappers in XML are named after, inherited ones too, by type and name. */
    private static Map<String, List<TypeModel.Method>> methods(FrameworkModel model) {
        Map<String, List<TypeModel.Method>> methods = new HashMap<>();
        for (String namespace : model.resources().namespaces()) {
            model.type(namespace)
                    .ifPresent(type -> HandlerMethods.of(model, type).stream()
                            .map(List::getFirst)
                            .filter(method -> !method.isDefault())
                            .forEach(method -> methods.computeIfAbsent(
                                            namespace + "." + method.name(), _ -> new ArrayList<>())
                                    .add(method)));
        }
        return methods;
    }

    private static boolean isAnnotated(TypeModel.Method method) {
        return method.annotations().stream().anyMatch(each -> each.type().startsWith(PACKAGE));
    }

    private static boolean isWrite(MapperStatement statement) {
        return !statement.verb().equals("select");
    }

    private static void annotated(
            FrameworkModel model, TypeModel.Method method, QueryName name, QueryGraph queries, ConceptGraph graph) {
        for (AnnotationModel each : method.annotations()) {
            if (!each.type().startsWith(PACKAGE)) {
                continue;
            }
            String kind = each.type().substring(PACKAGE.length());
            if (VERBS.contains(kind)) {
                String text = MapperScript.statement(String.join(" ", each.texts("value")));
                NodeId query = queries.sql(name, text, "");
                queries.runs(method.id(), query, !kind.equals("Select"), method.sites(), "");
            } else if (kind.endsWith("Provider") && VERBS.contains(kind.replace("Provider", ""))) {
                String provider = each.text("type", "value") + "#" + each.text("method");
                NodeId query = queries.query(name, "made by " + provider, "");
                queries.runs(method.id(), query, !kind.startsWith("Select"), method.sites(), "");
                provided(model, method, each, graph);
            }
        }
    }

    /** Leads to the methods that make the statement; without a name, to those of the mapper's or of MyBatis's own. */
    private static void provided(
            FrameworkModel model, TypeModel.Method method, AnnotationModel annotation, ConceptGraph graph) {
        List<TypeModel.Method> all = model.hierarchy(TypeName.plain(annotation.text("type", "value"))).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .flatMap(each -> each.methods().stream())
                .toList();
        String given = annotation.text("method");
        for (String name : given.isEmpty() ? List.of(method.name(), "provideSql") : List.of(given)) {
            List<TypeModel.Method> found =
                    all.stream().filter(each -> each.name().equals(name)).toList();
            found.forEach(each -> graph.edge(
                    method.id(), EdgeKind.MAY_DISPATCH, "provider", each.id(), method.sites(), "makes the statement"));
            if (!found.isEmpty()) {
                return;
            }
        }
    }

    private static void call(FrameworkModel.Invocation call, Map<String, MapperStatement> byName, QueryGraph queries) {
        boolean session = SESSIONS.stream().anyMatch(call.receiver()::startsWith);
        if ((!session && !call.receiver().isEmpty())
                || call.arguments().isEmpty()
                || !(call.arguments().getFirst().value() instanceof AnnotationValue.Text id)) {
            return;
        }
        MapperStatement statement = byName.get(id.value());
        if (statement == null && id.value().indexOf('.') < 0) {
            List<MapperStatement> sameId = byName.values().stream()
                    .filter(each -> each.id().equals(id.value()))
                    .toList();
            statement = sameId.size() == 1 ? sameId.getFirst() : null;
        }
        if (statement != null) {
            NodeId query = queries.sql(QueryName.plain(statement.name()), statement.sql(), statement.place());
            queries.runs(call.caller(), query, isWrite(statement), call.sites(), "session");
        } else if (session) {
            NodeId unknown =
                    queries.query(QueryName.plain(id.value()), "unresolved: no mapper has a statement of this id", "");
            queries.runs(call.caller(), unknown, !call.method().startsWith("select"), call.sites(), "session");
        }
    }
}
