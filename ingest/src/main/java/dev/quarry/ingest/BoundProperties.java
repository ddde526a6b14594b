package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Spring Boot binds to {@code @ConfigurationProperties} of classes and of methods that make beans: the fields, and
 * those of the repository's classes that they are of.
 */
final class BoundProperties {
    private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";
    private static final String NAME = "org.springframework.boot.context.properties.bind.Name";

    /** Classes that hold each other many times over have more keys than anybody writes; beyond these they are one. */
    private static final int KEYS_MAX = 10_000;

    private final FrameworkModel model;
    private final List<Bound> all = new ArrayList<>();
    private final Set<String> around = new HashSet<>();
    private int limit;

    /**
     * What a key is bound to: all that is below the key too, as with maps, lists and types of libraries.
     *
     * @param from the field, or the method that makes a bean of which no field is known
     */
    record Bound(NodeId from, String key, Sites sites) {}

    private BoundProperties(FrameworkModel model) {
        this.model = model;
    }

    /** All that is bound, in the order of the types. */
    static List<Bound> of(FrameworkModel model) {
        BoundProperties bound = new BoundProperties(model);
        for (TypeModel type : model.types()) {
            TypeModel.find(type.annotations(), PROPERTIES)
                    .ifPresent(each -> bound.root(TypeName.plain(type.name()), prefix(each)));
            for (TypeModel.Method method : type.methods()) {
                TypeModel.find(method.annotations(), PROPERTIES)
                        .filter(each -> !bound.root(method.result(), prefix(each))
                                && !prefix(each).isEmpty())
                        .ifPresent(each -> bound.all.add(new Bound(method.id(), prefix(each), method.sites())));
            }
        }
        return bound.all;
    }

    private static String prefix(AnnotationModel properties) {
        return properties.text("prefix", "value");
    }

    private boolean root(TypeName type, String prefix) {
        limit = all.size() + KEYS_MAX;
        return fields(type, prefix);
    }

    /** Takes the fields of a type below a key; false if there are none. */
    private boolean fields(TypeName type, String prefix) {
        int before = all.size();
        around.add(type.name());
        for (TypeName each : model.hierarchy(type)) {
            model.type(each.name()).ifPresent(declaring -> {
                Map<String, TypeName> variables = FrameworkModel.variables(declaring, each);
                declaring.fields().stream()
                        .filter(field -> !Modifier.isStatic(field.modifiers()))
                        .forEach(field -> field(declaring, field, variables, prefix));
            });
        }
        around.remove(type.name());
        return all.size() > before;
    }

    private void field(TypeModel declaring, TypeModel.Field field, Map<String, TypeName> variables, String prefix) {
        String name = dashed(name(declaring, field));
        String key = prefix.isEmpty() ? name : prefix + "." + name;
        TypeName type = field.type().with(variables);
        if (!isFilled(type) || !fields(type, key)) {
            all.add(new Bound(field.id(), key, field.sites()));
        }
    }

    /** Whether values go to fields of an object of this type; those that the container fills are none of them. */
    private boolean isFilled(TypeName type) {
        Optional<TypeModel> own = model.type(type.name());
        return own.isPresent()
                && own.get().isConcrete()
                && own.get().kind() != NodeKind.ENUM
                && !model.beans().isManaged(own.get())
                && !around.contains(type.name())
                && all.size() < limit;
    }

    /** The name that a field, or the parameter of a constructor that fills it, is given; else its own. */
    private static String name(TypeModel type, TypeModel.Field field) {
        return TypeModel.find(field.annotations(), NAME)
                .or(() -> type.methods().stream()
                        .filter(TypeModel.Method::isConstructor)
                        .flatMap(method -> method.parameters().stream())
                        .filter(parameter -> parameter.name().equals(field.name()))
                        .flatMap(parameter -> TypeModel.find(parameter.annotations(), NAME).stream())
                        .findFirst())
                .map(each -> each.text("value"))
                .filter(given -> !given.isEmpty())
                .orElse(field.name());
    }

    /** In small letters with hyphens. */
    private static String dashed(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
