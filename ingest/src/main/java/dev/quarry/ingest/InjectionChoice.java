package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which beans a place is given, by Spring's rules: type with its type arguments, then qualifiers, then {@code @Primary},
 * then the place's own name, then {@code @Priority}. Where the bean chosen depends on conditions, what would be chosen
 * without it is added.
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
    private static final String FALLBACK = SpringAnnotations.CONTEXT + "Fallback";
    private static final List<String> PRIORITY = List.of("jakarta.annotation.Priority", "javax.annotation.Priority");
    private static final List<String> NAMED = List.of("jakarta.inject.Named", "javax.inject.Named");
    private static final List<String> RESOURCE = List.of("jakarta.annotation.Resource", "javax.annotation.Resource");

    private final FrameworkModel model;
    private final SpringAnnotations spring;
    private final VisibleBeans visible;
    private final Function<Bean, Nearness> nearness;

    /** How a bean stands to the one that is given something. */
    enum Nearness {
        /** It is that bean. */
        SAME,
        /** A method of that bean's class makes it. */
        OWN,
        OTHER
    }

    InjectionChoice(
            FrameworkModel model, SpringAnnotations spring, VisibleBeans visible, Function<Bean, Nearness> nearness) {
        this.model = model;
        this.spring = spring;
        this.visible = visible;
        this.nearness = nearness;
    }

    /**
     * The beans chosen.
     *
     * @param wanted the type of the bean itself, out of providers and collections
     * @param detail what chose them
     * @param missing the qualifiers or the name that no bean of the type has; empty if no bean has the type
     */
    record Choice(List<Bean> beans, TypeName wanted, String detail, String missing) {
        Choice(List<Bean> beans, TypeName wanted, String detail) {
            this(beans, wanted, detail, "");
        }
    }

    /** What a place of this type and name with these annotations is given. */
    Choice choose(TypeName type, String name, List<AnnotationModel> annotations) {
        TypeName wanted = type;
        while (DEFERRED.contains(wanted.name())) {
            wanted = wanted.argument(0);
        }
        Optional<AnnotationModel> resource = TypeModel.findAny(annotations, RESOURCE);
        if (resource.isPresent()) {
            String given = resource.get().text("name");
            String wantedName = given.isEmpty() ? name : given;
            List<Bean> named = named(byType(wanted), wantedName);
            if (!named.isEmpty() || !given.isEmpty()) {
                String missing = byType(wanted).isEmpty() ? "" : quoted(wantedName);
                return new Choice(named, wanted, "name " + wantedName, missing);
            }
            return several(wanted, name, List.of());
        }
        Choice choice = several(wanted, name, annotations);
        return choice.beans().isEmpty() && !byType(choice.wanted()).isEmpty()
                ? new Choice(List.of(), choice.wanted(), choice.detail(), qualifiers(annotations))
                : choice;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    /** The qualifiers at a place, one behind the other. */
    private String qualifiers(List<AnnotationModel> annotations) {
        String text = qualifier(annotations);
        return Stream.concat(
                        text.isEmpty() ? Stream.of() : Stream.of(quoted(text)),
                        custom(annotations).map(each -> "@" + each.type()))
                .collect(Collectors.joining(" "));
    }

    /** The annotations that are qualifiers of the repository's own. */
    private Stream<AnnotationModel> custom(List<AnnotationModel> annotations) {
        return annotations.stream().filter(each -> !each.type().equals(QUALIFIER) && isQualifier(each.type()));
    }

    private Choice several(TypeName wanted, String name, List<AnnotationModel> annotations) {
        TypeName element = element(wanted);
        if (element != null && named(byType(wanted), name).isEmpty()) {
            List<Bean> fitting = qualified(byType(element), annotations);
            List<Bean> others = only(fitting, Set.of(Nearness.OTHER));
            List<Bean> all = others.isEmpty() ? only(fitting, Set.of(Nearness.OTHER, Nearness.OWN)) : others;
            if (!all.isEmpty() || byType(wanted).isEmpty()) {
                return new Choice(all, element, "collection");
            }
        }
        List<Bean> fitting = qualified(byType(wanted), annotations);
        List<Bean> others = only(fitting, Set.of(Nearness.OTHER));
        return single(others.isEmpty() ? fitting : others, wanted, name, qualifier(annotations));
    }

    private List<Bean> only(List<Bean> beans, Set<Nearness> wanted) {
        return beans.stream()
                .filter(bean -> wanted.contains(nearness.apply(bean)))
                .toList();
    }

    private static List<Bean> named(List<Bean> beans, String name) {
        return beans.stream().filter(bean -> bean.names().contains(name)).toList();
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
        return visible.fitting(wanted);
    }

    /** One of the candidates, and as long as that depends on conditions, one of the others too. */
    private Choice single(List<Bean> candidates, TypeName wanted, String name, String qualifier) {
        Choice first = pick(candidates, wanted, name, qualifier);
        if (first.beans().size() != 1 || !first.beans().getFirst().condition().isOpen() || candidates.size() == 1) {
            return first;
        }
        List<Bean> rest = new ArrayList<>(candidates);
        rest.removeAll(first.beans());
        Choice then = single(rest, wanted, name, qualifier);
        List<Bean> both = new ArrayList<>(first.beans());
        both.addAll(then.beans());
        return new Choice(both, wanted, "by conditions: " + both.size() + " candidates");
    }

    private Choice pick(List<Bean> candidates, TypeName wanted, String name, String qualifier) {
        if (candidates.size() <= 1) {
            return new Choice(candidates, wanted, qualifier.isEmpty() ? "" : "qualifier " + qualifier);
        }
        List<Bean> primary = candidates.stream().filter(Bean::primary).toList();
        if (primary.size() == 1) {
            return new Choice(primary, wanted, "primary");
        }
        List<Bean> regular = candidates.stream()
                .filter(bean -> !spring.has(bean.annotations(), FALLBACK))
                .toList();
        if (regular.size() == 1) {
            return new Choice(regular, wanted, "no fallback");
        }
        List<Bean> named = named(candidates, name);
        if (named.size() == 1) {
            return new Choice(named, wanted, "name " + name);
        }
        List<Bean> first = byPriority(candidates);
        return first.size() == 1
                ? new Choice(first, wanted, "priority")
                : new Choice(candidates, wanted, "ambiguous: " + candidates.size() + " candidates");
    }

    /** The beans whose class has the highest priority, which is the lowest number; empty where none has any. */
    private static List<Bean> byPriority(List<Bean> candidates) {
        int best = candidates.stream().mapToInt(InjectionChoice::priority).min().orElse(Integer.MAX_VALUE);
        return best == Integer.MAX_VALUE
                ? List.of()
                : candidates.stream().filter(bean -> priority(bean) == best).toList();
    }

    private static int priority(Bean bean) {
        String value = TypeModel.findAny(bean.annotations(), PRIORITY)
                .map(each -> each.text("value"))
                .orElse("");
        return bean.isOfClass() && value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : Integer.MAX_VALUE;
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
        List<AnnotationModel> custom = custom(annotations).toList();
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
