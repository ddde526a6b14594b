package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Statements of Spring Data's repositories, as Spring looks for them: the text at the method, a statement that annotations
 * name, else what the method's name says. What a generic base leaves to the entity is a statement of each repository below.
 */
final class RepositoryQueries {
    private static final String QUERY = "org.springframework.data.jpa.repository.Query";
    private static final String NATIVE = "org.springframework.data.jpa.repository.NativeQuery";
    private static final String JDBC_QUERY = "org.springframework.data.jdbc.repository.query.Query";
    private static final String ENTITY = "#{#entityName}";

    private final FrameworkModel model;
    private final QueryGraph queries;
    private final JpaQueries.Named named;

    RepositoryQueries(FrameworkModel model, QueryGraph queries, JpaQueries.Named named) {
        this.model = model;
        this.queries = queries;
        this.named = named;
    }

    /** Adds the statements of all repositories. */
    void addAll() {
        List<TypeModel> repositories = model.types().stream()
                .filter(type -> type.kind() == NodeKind.INTERFACE && BeanCatalog.isRepository(model, type))
                .toList();
        Set<String> bases = new HashSet<>();
        for (TypeModel type : repositories) {
            if (entity(type).isPresent()) {
                model.hierarchy(TypeName.plain(type.name())).forEach(each -> bases.add(each.name()));
            }
        }
        for (TypeModel type : repositories) {
            addAll(type, bases.contains(type.name()));
        }
    }

    private Optional<TypeModel> entity(TypeModel repository) {
        return model.hierarchy(TypeName.plain(repository.name())).stream()
                .filter(each -> each.name().startsWith("org.springframework.data."))
                .map(each -> each.argument(0))
                .filter(each -> each.form() == TypeName.Form.PLAIN)
                .flatMap(each -> model.type(each.name()).stream())
                .findFirst();
    }

    /**
     * Adds the statements of a repository.
     *
     * @param isBase whether a repository with an entity is below it, or is it itself
     */
    private void addAll(TypeModel type, boolean isBase) {
        TypeModel entity = entity(type).orElse(null);
        Map<NodeId, TypeModel> declaring = declaring(type);
        List<List<TypeModel.Method>> all = HandlerMethods.of(model, type).stream()
                .filter(methods ->
                        !methods.getFirst().isStatic() && !methods.getFirst().isDefault())
                .toList();
        Set<String> overloaded =
                QueryName.overloaded(all.stream().map(List::getFirst).toList());
        for (List<TypeModel.Method> methods : all) {
            TypeModel.Method method = methods.getFirst();
            AnnotationModel query = query(methods);
            TypeModel home = declaring.getOrDefault(method.id(), type);
            boolean isHere = home.name().equals(type.name())
                    ? entity != null || !isBase || !wantsEntity(query)
                    : entity != null && isLeftBy(home, query);
            if (isHere) {
                add(method, query, entity, QueryName.of(type, method, overloaded));
            }
        }
    }

    private Map<NodeId, TypeModel> declaring(TypeModel type) {
        Map<NodeId, TypeModel> declaring = new HashMap<>();
        model.hierarchy(TypeName.plain(type.name()))
                .forEach(each -> model.type(each.name())
                        .ifPresent(above -> above.methods().forEach(method -> declaring.put(method.id(), above))));
        return declaring;
    }

    /** What is said at the method, or at one that it overrides. */
    private static @Nullable AnnotationModel query(List<TypeModel.Method> methods) {
        return methods.stream()
                .flatMap(method -> TypeModel.findAny(method.annotations(), List.of(QUERY, NATIVE, JDBC_QUERY)).stream())
                .findFirst()
                .orElse(null);
    }

    /** Whether the statement is another one for each entity. */
    private static boolean wantsEntity(@Nullable AnnotationModel query) {
        return query == null
                || query.text("value").contains(ENTITY)
                || query.text("value", "name").isEmpty();
    }

    /** Whether a type above leaves it to repositories to have the statement of its method. */
    private boolean isLeftBy(TypeModel home, @Nullable AnnotationModel query) {
        return BeanCatalog.isRepository(model, home)
                ? wantsEntity(query) && entity(home).isEmpty()
                : query != null;
    }

    private void add(
            TypeModel.Method method, @Nullable AnnotationModel query, @Nullable TypeModel entity, QueryName name) {
        String written = query == null ? "" : query.text("value");
        String given = query == null ? "" : query.text("name");
        String usual = entity == null ? "" : JpaEntities.simpleName(entity) + "." + method.name();
        if (query != null && !written.isEmpty()) {
            String text = entity == null ? written : written.replace(ENTITY, JpaEntities.name(entity));
            boolean plain =
                    !query.type().equals(QUERY) || query.text("nativeQuery").equals("true");
            NodeId node = plain ? queries.sql(name, text, "") : queries.jpql(name, text);
            queries.runs(method.id(), node, StatementTables.writes(text), method.sites(), "");
        } else if (!given.isEmpty() || named.has(usual)) {
            named.runs(method.id(), given.isEmpty() ? usual : given, method.sites());
        } else if (entity != null) {
            new DerivedQuery(queries, entity).add(name, method);
        }
    }
}
