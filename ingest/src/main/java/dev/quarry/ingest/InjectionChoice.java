package dev.quarry.ingest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which beans a place is given, by Spring's rules: type with its type arguments, then qualifiers,
 * then {@code @Primary}, then the place's own name.
 */
final class InjectionChoice {
    private static final Set<String> DEFERRED = Set.of(
            "java.util.Optional",
            "org.springframework.beans.factory.ObjectProvider",
            "org.springframework.beans.factory.ObjectFactory",
            "jakarta.inject.Provider",
            "javax.inject.Provider");
    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.List", "java.util.Set", "java.util.Collection", "java.lang.Iterable", "java.util.stream.Stream");
    private static final String QUALIFIER = "org.springframework.beans.factory.annotation.Qualifier";
    private static final List<String> NAMED = List.of("jakarta.inject.Named", "javax.inject.Named");
    private static final List<String> RESOURCE = List.of("jakarta.annotation.Resource", "javax.annotation.Resource");

    private final FrameworkModel model;
    private final SpringAnnotations spring;
    private final List<Bean> visible;

    InjectionChoice(FrameworkModel model, SpringAnnotations spring, List<Bean> visible) {
        this.model = model;
        this.spring = spring;
        this.visible = visible;
    }

    /**
     * The beans chosen.
     *
     * @param wanted the type of the bean itself, out of providers and collections
     * @param detail what chose them
     */
    record Choice(List<Bean> beans, TypeName wanted, String detail) {}

    /** What a place of this type and name with these annotations is given. */
    Choice choose(TypeName type, String name, List<AnnotationModel> annotations) {
        TypeName wanted = type;
        while (DEFERRED.contains(wanted.name())) {
            wanted = wanted.argument(0);
        }
        TypeName element = element(wanted);
        List<Bean> direct = byType(wanted);
        if (element != null && direct.isEmpty()) {
            List<Bean> all = qualified(byType(element), annotations);
            return new Choice(all, element, "collection");
        }
        Optional<AnnotationModel> resource = TypeModel.findAny(annotations, RESOURCE);
        if (resource.isPresent()) {
            return byResource(resource.get(), wanted, name, direct);
        }
        return single(direct, wanted, name, annotations);
    }

    private static @Nullable TypeName element(TypeName type) {
        if (type.isArray()) {
            return type.element();
        }
        if (type.name().equals("java.util.Map") && type.argument(0).name().equals("java.lang.String")) {
            return type.argument(1);
        }
        return COLLECTIONS.contains(type.name()) ? type.argument(0) : null;
    }

    private List<Bean> byType(TypeName wanted) {
        return visible.stream()
                .filter(bean -> model.isAssignable(bean.type(), wanted))
                .toList();
    }

    private Choice byResource(AnnotationModel resource, TypeName wanted, String name, List<Bean> direct) {
        String given = resource.text("name");
        String wantedName = given.isEmpty() ? name : given;
        List<Bean> named = visible.stream()
                .filter(bean -> bean.names().contains(wantedName))
                .toList();
        if (!named.isEmpty() || !given.isEmpty()) {
            return new Choice(named, wanted, "name " + wantedName);
        }
        return single(direct, wanted, name, List.of());
    }

    private Choice single(List<Bean> byType, TypeName wanted, String name, List<AnnotationModel> annotations) {
        List<Bean> qualified = qualified(byType, annotations);
        String qualifier = qualifier(annotations);
        if (qualified.size() <= 1) {
            return new Choice(qualified, wanted, qualifier.isEmpty() ? "" : "qualifier " + qualifier);
        }
        List<Bean> primary = qualified.stream().filter(Bean::primary).toList();
        if (primary.size() == 1) {
            return new Choice(primary, wanted, "primary");
        }
        List<Bean> named =
                qualified.stream().filter(bean -> bean.names().contains(name)).toList();
        if (named.size() == 1) {
            return new Choice(named, wanted, "name " + name);
        }
        return new Choice(qualified, wanted, "ambiguous: " + qualified.size() + " candidates");
    }

    private static String qualifier(List<AnnotationModel> annotations) {
        String value = TypeModel.find(annotations, QUALIFIER)
                .map(each -> each.text("value"))
                .orElse("");
        return value.isEmpty()
                ? TypeModel.findAny(annotations, NAMED)
                        .map(each -> each.text("value"))
                        .orElse("")
                : value;
    }

    private List<Bean> qualified(List<Bean> beans, List<AnnotationModel> annotations) {
        String wanted = qualifier(annotations);
        List<AnnotationModel> custom = annotations.stream()
                .filter(each -> !each.type().equals(QUALIFIER) && isQualifier(each.type()))
                .toList();
        return beans.stream()
                .filter(bean -> wanted.isEmpty()
                        || bean.names().contains(wanted)
                        || qualifier(bean.annotations()).equals(wanted))
                .filter(bean -> bean.annotations().containsAll(custom))
                .toList();
    }

    /** Whether an annotation of the repository is a qualifier of its own. */
    private boolean isQualifier(String annotation) {
        return model.type(annotation)
                .filter(type -> spring.has(type.annotations(), QUALIFIER)
                        || spring.has(type.annotations(), "jakarta.inject.Qualifier")
                        || spring.has(type.annotations(), "javax.inject.Qualifier"))
                .isPresent();
    }
}
