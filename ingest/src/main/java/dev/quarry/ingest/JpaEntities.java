package dev.quarry.ingest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The entities of a repository with their names and tables. Where no name is written, the table is named as JPA says; in a
 * repository with an application of Spring Boot, as Boot's naming makes of it.
 */
final class JpaEntities {
    static final List<String> PACKAGES = List.of("jakarta.persistence.", "javax.persistence.");

    private static final Set<String> COLLECTIONS =
            Set.of("java.util.List", "java.util.Set", "java.util.Collection", "java.util.SortedSet");

    private final FrameworkModel model;
    private final boolean boot;
    private final Map<String, TypeModel> byName = new HashMap<>();

    JpaEntities(FrameworkModel model) {
        this.model = model;
        this.boot = model.types().stream()
                .anyMatch(type -> TypeModel.find(type.annotations(), SpringAnnotations.BOOT)
                        .isPresent());
        model.types().stream().filter(JpaEntities::isEntity).forEach(type -> byName.putIfAbsent(name(type), type));
    }

    static Optional<AnnotationModel> find(List<AnnotationModel> annotations, String name) {
        return TypeModel.findAny(
                annotations, PACKAGES.stream().map(each -> each + name).toList());
    }

    /** Each of the annotations of this name, as one that may be repeated. */
    static List<AnnotationModel> findAll(List<AnnotationModel> annotations, String name) {
        return annotations.stream()
                .filter(each -> PACKAGES.stream().anyMatch(own -> each.type().equals(own + name)))
                .toList();
    }

    static boolean isEntity(TypeModel type) {
        return find(type.annotations(), "Entity").isPresent();
    }

    /** The entity that statements name like this. */
    Optional<TypeModel> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The name of an entity in statements. */
    static String name(TypeModel type) {
        String given = find(type.annotations(), "Entity")
                .map(each -> each.text("name"))
                .orElse("");
        return given.isEmpty() ? simpleName(type) : given;
    }

    /** The name of a class without what is around it. */
    static String simpleName(TypeModel type) {
        String name = type.name();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** The table of an entity; empty where the type is none. */
    Optional<String> table(TypeModel type) {
        if (!isEntity(type)) {
            return Optional.empty();
        }
        TypeModel root = root(type);
        String made = physical(name(root));
        return Optional.of(find(root.annotations(), "Table")
                .map(table -> tableOf(table, made))
                .orElse(made));
    }

    /** The table that an annotation names; the one that the mapping makes where it names none. */
    String tableOf(AnnotationModel annotation, String made) {
        String given = annotation.text("name");
        String schema = annotation.text("schema");
        String name = given.isEmpty() ? made : physical(given);
        return schema.isEmpty() ? name : physical(schema) + "." + name;
    }

    /** The table between an entity and another one where none is named: after both, with Boot after the field. */
    String joinTable(TypeModel owner, TypeModel.Field field, Optional<String> other) {
        String own = withoutSchema(table(owner).orElseGet(() -> physical(name(owner))));
        return boot || other.isEmpty() ? physical(own + "_" + field.name()) : own + "_" + withoutSchema(other.get());
    }

    private static String withoutSchema(String table) {
        return table.substring(table.lastIndexOf('.') + 1);
    }

    /** A name of a mapping, as the database has it. */
    String physical(String name) {
        return boot ? TableNames.ofBoot(name) : TableNames.ofSql(name);
    }

    /** The entity whose table holds this one too: the topmost, where one table is for all. */
    private TypeModel root(TypeModel type) {
        List<TypeModel> above = model.hierarchy(TypeName.plain(type.name())).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .filter(JpaEntities::isEntity)
                .toList();
        TypeModel top = above.getLast();
        String strategy = find(top.annotations(), "Inheritance")
                .flatMap(each -> each.value("strategy"))
                .flatMap(value -> value.names().findFirst())
                .orElse("SINGLE_TABLE");
        return strategy.equals("SINGLE_TABLE") ? top : type;
    }

    /** A field of an entity or of what it inherits from. */
    Optional<TypeModel.Field> field(TypeModel type, String name) {
        return model.hierarchy(TypeName.plain(type.name())).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .flatMap(each -> each.fields().stream())
                .filter(field -> field.name().equals(name))
                .findFirst();
    }

    /** What a type maps: its fields, and the properties whose getter has an annotation of the mapping, as if they were. */
    static Stream<TypeModel.Field> attributes(TypeModel type) {
        Stream<TypeModel.Field> properties = type.methods().stream()
                .filter(method -> !method.isStatic() && method.parameters().isEmpty() && isMapped(method))
                .flatMap(method -> property(method).stream());
        return Stream.concat(type.fields().stream(), properties);
    }

    private static boolean isMapped(TypeModel.Method method) {
        return method.annotations().stream().anyMatch(each -> PACKAGES.stream().anyMatch(each.type()::startsWith));
    }

    private static Optional<TypeModel.Field> property(TypeModel.Method getter) {
        String name = getter.name().replaceFirst("^(get|is)(?=[^a-z])", "");
        if (name.isEmpty() || name.equals(getter.name())) {
            return Optional.empty();
        }
        return Optional.of(new TypeModel.Field(
                getter.id(),
                DerivedQuery.decapitalized(name),
                getter.modifiers(),
                getter.result(),
                getter.annotations(),
                false,
                getter.sites()));
    }

    /** The type of a field, or of its elements; empty where the repository does not declare it. */
    Optional<TypeModel> typeOf(TypeModel.Field field) {
        TypeName type = field.type();
        TypeName element = COLLECTIONS.contains(type.name())
                ? type.argument(0)
                : type.name().equals("java.util.Map") ? type.argument(1) : type;
        return model.type(element.name());
    }

    /** What a path of fields leads to from a type. */
    Optional<TypeModel> target(TypeModel start, String path) {
        TypeModel type = start;
        Set<String> met = new HashSet<>();
        for (String name : path.split("\\.")) {
            TypeModel from = type;
            Optional<TypeModel> next = field(from, name).flatMap(this::typeOf);
            if (next.isEmpty() || !met.add(from.name() + "." + name)) {
                return Optional.empty();
            }
            type = next.get();
        }
        return Optional.of(type);
    }
}
