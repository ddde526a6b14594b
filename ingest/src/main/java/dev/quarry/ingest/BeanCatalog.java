package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The beans that a repository's classes define for Spring, and which of them an application sees. */
final class BeanCatalog {
    static final String PRIMARY = SpringAnnotations.CONTEXT + "Primary";
    static final String BEAN = SpringAnnotations.CONTEXT + "Bean";

    private static final String UNSEEN = "no application of the repository scans or imports it";
    private static final List<String> PROXIED = List.of(
            "org.apache.ibatis.annotations.Mapper",
            "org.springframework.cloud.openfeign.FeignClient",
            "org.springframework.cloud.netflix.feign.FeignClient");

    private final FrameworkModel model;
    private final SpringAnnotations spring;
    private final BeanApplications applications;
    private final List<Bean> beans = new ArrayList<>();
    private final Map<Scope, VisibleBeans> visible = new HashMap<>();
    private final Set<String> types;
    private final Set<NodeId> factories;
    private final Map<Boolean, VisibleBeans> lookups = new HashMap<>();

    /** What decides which beans code sees. */
    private record Scope(List<Integer> applications, boolean test) {}

    BeanCatalog(FrameworkModel model) {
        this.model = model;
        this.spring = new SpringAnnotations(model);
        this.applications = new BeanApplications(model, spring);
        model.types().forEach(this::add);
        beans.replaceAll(this::replaced);
        factories = beans.stream()
                .filter(bean -> !bean.isOfClass())
                .map(Bean::factory)
                .collect(Collectors.toSet());
        types = beans.stream().map(bean -> bean.type().name()).collect(Collectors.toSet());
    }

    List<Bean> beans() {
        return Collections.unmodifiableList(beans);
    }

    /** Whether a method makes a bean. */
    boolean isFactory(NodeId method) {
        return factories.contains(method);
    }

    /** What code can look up, wherever it is. */
    VisibleBeans all(boolean test) {
        return lookups.computeIfAbsent(
                test,
                _ -> new VisibleBeans(
                        model,
                        beans.stream()
                                .filter(bean -> test || !bean.home().test())
                                .filter(bean -> bean.absent().isEmpty() || bean.isOfClass())
                                .toList()));
    }

    /** Whether the container makes a class's objects and fills them. */
    boolean isManaged(TypeModel type) {
        return applications.isBean(type);
    }

    /** Whether objects of exactly this type are beans, by the class itself or by a factory method. */
    boolean isBean(TypeModel type) {
        return types.contains(type.name());
    }

    /** Why no application has beans of this type; empty where one has, or where the repository has no application. */
    String absence(TypeModel type) {
        return beans.stream()
                .filter(bean -> bean.type().name().equals(type.name()))
                .map(Bean::absent)
                .min(String::compareTo)
                .orElse("");
    }

    private void add(TypeModel type) {
        if (applications.isBean(type)) {
            String given = spring.find(type.annotations(), SpringAnnotations.COMPONENT)
                    .map(component -> component.text("value"))
                    .orElse("");
            String plain = applications.isOnlyImported(type) ? type.name() : defaultName(type.name());
            bean(type, given.isEmpty() ? plain : given);
            model.hierarchy(TypeName.plain(type.name()))
                    .forEach(each -> model.type(each.name())
                            .ifPresent(declaring -> declaring
                                    .methods()
                                    .forEach(method ->
                                            factory(type, method, FrameworkModel.variables(declaring, each)))));
        } else if (type.kind() == NodeKind.INTERFACE && isProxied(type)) {
            bean(type, defaultName(type.name()));
        }
    }

    private void bean(TypeModel type, String name) {
        List<TypeName> variables = type.parameters().stream()
                .map(each -> new TypeName(each, List.of(), TypeName.Form.VARIABLE))
                .toList();
        TypeName self = new TypeName(type.name(), variables, TypeName.Form.PLAIN);
        boolean primary = spring.has(type.annotations(), PRIMARY)
                || TypeModel.findAny(type.annotations(), PROXIED.subList(1, 3)).isPresent();
        beans.add(new Bean(
                List.of(name),
                self,
                type,
                type.id(),
                Sites.NONE,
                primary,
                type.annotations(),
                BeanCondition.of(type.annotations(), self, spring),
                type.kind() != NodeKind.INTERFACE && applications.isUnseen(type) ? UNSEEN : ""));
    }

    private void factory(TypeModel type, TypeModel.Method method, Map<String, TypeName> variables) {
        spring.find(method.annotations(), BEAN).ifPresent(annotation -> {
            List<String> given = annotation.texts("name", "value");
            TypeName result = method.result().with(variables);
            beans.add(new Bean(
                    given.isEmpty() ? List.of(method.name()) : given,
                    result,
                    type,
                    method.id(),
                    method.sites(),
                    spring.has(method.annotations(), PRIMARY),
                    method.annotations(),
                    BeanCondition.of(method.annotations(), result, spring)
                            .and(BeanCondition.of(type.annotations(), result, spring)),
                    applications.isUnseen(type) ? UNSEEN : ""));
        });
    }

    /** A bean that is made only where no other of its type is: absent where one certainly is. */
    private Bean replaced(Bean bean) {
        return bean.condition().missing().stream()
                .flatMap(wanted -> beans.stream()
                        .filter(other -> !other.factory().equals(bean.factory()) && isCertain(other, bean))
                        .filter(other -> model.isAssignable(other.type(), TypeName.plain(wanted))))
                .findFirst()
                .map(other -> bean.absent("made only where bean " + other.name() + " is missing"))
                .orElse(bean);
    }

    private boolean isCertain(Bean other, Bean bean) {
        List<Integer> seeing = applications.seeing(bean.home());
        boolean together = seeing.isEmpty() || applications.anyHas(seeing, other.home());
        return together
                && !other.home().test()
                && other.absent().isEmpty()
                && !other.condition().isOpen()
                && other.condition().missing().isEmpty();
    }

    /** Whether a framework makes a class for this interface: repositories of Spring Data, mappers, clients. */
    private boolean isProxied(TypeModel type) {
        if (TypeModel.findAny(type.annotations(), PROXIED).isPresent()) {
            return true;
        }
        boolean base = TypeModel.find(type.annotations(), "org.springframework.data.repository.NoRepositoryBean")
                .isPresent();
        return !base && isRepository(model, type);
    }

    /** Whether an interface is one of Spring Data's repositories. */
    static boolean isRepository(FrameworkModel model, TypeModel type) {
        return model.hierarchy(TypeName.plain(type.name())).stream()
                .map(TypeName::name)
                .anyMatch(name -> name.startsWith("org.springframework.data.") && name.endsWith("Repository"));
    }

    /** The name that Spring gives a class: the simple name, its first letter small unless two capitals begin it. */
    static String defaultName(String binaryName) {
        String simple = binaryName.substring(binaryName.lastIndexOf('.') + 1).replace('$', '.');
        boolean acronym = simple.length() > 1
                && Character.isUpperCase(simple.charAt(0))
                && Character.isUpperCase(simple.charAt(1));
        return acronym || simple.isEmpty() ? simple : Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
    }

    /**
     * The beans that code in this type can be given: those that an application sees which sees the type too; all
     * where none does. Beans of tests are for tests only.
     */
    VisibleBeans visibleFrom(TypeModel type) {
        return visible.computeIfAbsent(new Scope(applications.seeing(type), type.test()), this::visible);
    }

    private VisibleBeans visible(Scope scope) {
        return new VisibleBeans(
                model,
                beans.stream()
                        .filter(bean -> scope.test() || !bean.home().test())
                        .filter(bean -> scope.applications().isEmpty()
                                || bean.home().test()
                                || (bean.home().kind() == NodeKind.INTERFACE && applications.isUnseen(bean.home()))
                                || (bean.absent().isEmpty() && applications.anyHas(scope.applications(), bean.home())))
                        .toList());
    }
}
