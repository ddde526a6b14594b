package dev.quarry.ingest;

import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The beans that a repository's classes define for Spring, and which of them an application sees. */
final class BeanCatalog {
    static final String PRIMARY = SpringAnnotations.CONTEXT + "Primary";
    static final String BEAN = SpringAnnotations.CONTEXT + "Bean";

    private static final String SCAN = SpringAnnotations.CONTEXT + "ComponentScan";
    private static final List<String> PROXIED = List.of(
            "org.apache.ibatis.annotations.Mapper",
            "org.springframework.cloud.openfeign.FeignClient",
            "org.springframework.cloud.netflix.feign.FeignClient");

    private final FrameworkModel model;
    private final SpringAnnotations spring;
    private final List<Bean> beans = new ArrayList<>();
    private final List<List<String>> applications = new ArrayList<>();

    BeanCatalog(FrameworkModel model) {
        this.model = model;
        this.spring = new SpringAnnotations(model);
        model.types().forEach(this::add);
    }

    List<Bean> beans() {
        return Collections.unmodifiableList(beans);
    }

    private void add(TypeModel type) {
        application(type);
        Optional<AnnotationModel> component = spring.find(type.annotations(), SpringAnnotations.COMPONENT);
        if (component.isPresent() && type.isConcrete()) {
            String given = component.get().text("value");
            bean(type, given.isEmpty() ? defaultName(type.name()) : given);
            type.methods().forEach(method -> factory(type, method));
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
        beans.add(new Bean(List.of(name), self, type, type.id(), Sites.NONE, primary, type.annotations()));
    }

    private void factory(TypeModel type, TypeModel.Method method) {
        spring.find(method.annotations(), BEAN).ifPresent(annotation -> {
            List<String> given = annotation.texts("name", "value");
            beans.add(new Bean(
                    given.isEmpty() ? List.of(method.name()) : given,
                    method.result(),
                    type,
                    method.id(),
                    method.sites(),
                    spring.has(method.annotations(), PRIMARY),
                    method.annotations()));
        });
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

    private void application(TypeModel type) {
        Optional<AnnotationModel> boot = spring.find(type.annotations(), SpringAnnotations.BOOT);
        Optional<AnnotationModel> scan = TypeModel.find(type.annotations(), SCAN);
        if (type.test() || (boot.isEmpty() && scan.isEmpty())) {
            return;
        }
        List<String> packages = new ArrayList<>();
        scan.ifPresent(each -> packages(each, "basePackages", "value", packages));
        if (scan.isEmpty()) {
            boot.ifPresent(each -> packages(each, "scanBasePackages", "scanBasePackages", packages));
        }
        applications.add(packages.isEmpty() ? List.of(type.packageName()) : packages);
    }

    private static void packages(AnnotationModel annotation, String names, String alias, List<String> into) {
        into.addAll(annotation.texts(names, alias));
        annotation
                .texts("basePackageClasses", "scanBasePackageClasses")
                .forEach(name -> into.add(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
    }

    /**
     * The beans that code in this type can be given: those that an application scans which scans the type too; all
     * where none does. Beans of tests are for tests only.
     */
    List<Bean> visibleFrom(TypeModel type) {
        Set<List<String>> mine = new HashSet<>();
        for (List<String> packages : applications) {
            if (scans(packages, type)) {
                mine.add(packages);
            }
        }
        return beans.stream()
                .filter(bean -> type.test() || !bean.home().test())
                .filter(bean -> mine.isEmpty()
                        || bean.home().test()
                        || mine.stream().anyMatch(packages -> scans(packages, bean.home())))
                .toList();
    }

    private static boolean scans(List<String> packages, TypeModel type) {
        return packages.stream().anyMatch(each -> each.isEmpty() || (type.packageName() + ".").startsWith(each + "."));
    }
}
