package dev.quarry.ingest;

import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The applications of a repository, and the types that each of them makes beans of: those that its component scan finds, and
 * those that {@code @Import} or a list of auto-configurations adds.
 */
final class BeanApplications {
    private static final String SCAN = SpringAnnotations.CONTEXT + "ComponentScan";
    private static final String IMPORT = SpringAnnotations.CONTEXT + "Import";

    private final FrameworkModel model;
    private final SpringAnnotations spring;
    private final List<Application> applications = new ArrayList<>();
    private final Set<String> scanned = new HashSet<>();
    private final Set<String> imported = new HashSet<>();

    /** What one application sees. */
    private record Application(List<String> packages, Set<String> types) {}

    BeanApplications(FrameworkModel model, SpringAnnotations spring) {
        this.model = model;
        this.spring = spring;
        for (TypeModel type : model.types()) {
            if (isComponent(type) || !type.annotations().isEmpty()) {
                imported.addAll(imports(type));
            }
        }
        model.types().forEach(this::application);
    }

    /** Whether a class is a component that a scan would find: one that can be made by itself. */
    boolean isComponent(TypeModel type) {
        return type.isConcrete() && isIndependent(type) && spring.has(type.annotations(), SpringAnnotations.COMPONENT);
    }

    /** Whether a class that is no component, or whose package nobody scans, is imported by name. */
    boolean isOnlyImported(TypeModel type) {
        boolean added = imported.contains(type.name()) || autoConfigurations().contains(type.name());
        return added && (!isComponent(type) || (!applications.isEmpty() && !scanned.contains(type.name())));
    }

    /** Whether a class is made into a bean where it is seen. */
    boolean isBean(TypeModel type) {
        return isComponent(type) || (type.isConcrete() && isOnlyImported(type));
    }

    /** Whether the repository has applications, and none of them sees this type. */
    boolean isUnseen(TypeModel type) {
        return !applications.isEmpty()
                && !type.test()
                && applications.stream().noneMatch(each -> each.types().contains(type.name()));
    }

    /** The applications that see a type, by their numbers; empty where none does. */
    List<Integer> seeing(TypeModel type) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < applications.size(); i++) {
            Application each = applications.get(i);
            if (each.types().contains(type.name()) || scans(each.packages(), type)) {
                found.add(i);
            }
        }
        return found;
    }

    /** Whether one of these applications makes beans of a type. */
    boolean anyHas(List<Integer> numbers, TypeModel type) {
        return numbers.stream().anyMatch(each -> applications.get(each).types().contains(type.name()));
    }

    private static boolean isIndependent(TypeModel type) {
        return type.name().indexOf('$') < 0 || type.kind() != NodeKind.CLASS || Modifier.isStatic(type.modifiers());
    }

    private void application(TypeModel type) {
        boolean boot = spring.has(type.annotations(), SpringAnnotations.BOOT);
        if (type.test() || (!boot && packages(type).isEmpty())) {
            return;
        }
        Application application = new Application(new ArrayList<>(), new HashSet<>());
        List<String> open = new ArrayList<>(List.of(type.name()));
        if (boot) {
            open.addAll(autoConfigurations());
        }
        for (int i = 0; i < open.size(); i++) {
            if (application.types().add(open.get(i))) {
                model.type(open.get(i)).ifPresent(each -> open.addAll(next(each, application)));
            }
        }
        applications.add(application);
    }

    /** What a type that an application sees makes it see besides. */
    private List<String> next(TypeModel type, Application application) {
        List<String> found = new ArrayList<>();
        List<String> packages = packages(type);
        if (!packages.isEmpty()) {
            application.packages().addAll(packages);
            for (TypeModel each : model.types()) {
                if ((isComponent(each) || each.kind() == NodeKind.INTERFACE)
                        && !each.test()
                        && scans(packages, each)
                        && !autoConfigurations().contains(each.name())) {
                    scanned.add(each.name());
                    found.add(each.name());
                }
            }
        }
        for (TypeName each : model.hierarchy(TypeName.plain(type.name()))) {
            model.type(each.name()).ifPresent(above -> found.addAll(imports(above)));
        }
        return found;
    }

    /** The classes that annotations of a type import, composed ones included. */
    private List<String> imports(TypeModel type) {
        return Stream.concat(
                        TypeModel.find(type.annotations(), IMPORT).stream(),
                        type.annotations().stream()
                                .flatMap(each -> model.type(each.type()).stream())
                                .filter(each -> each.kind() == NodeKind.ANNOTATION)
                                .flatMap(each -> spring.find(each.annotations(), IMPORT).stream()))
                .flatMap(each -> each.texts("value").stream())
                .toList();
    }

    private Set<String> autoConfigurations() {
        return model.resources().autoConfigurations();
    }

    /** What a type has scanned; empty where it asks for no scan. */
    private List<String> packages(TypeModel type) {
        Optional<AnnotationModel> boot = spring.find(type.annotations(), SpringAnnotations.BOOT);
        List<AnnotationModel> scans = type.annotations().stream()
                .flatMap(each -> each.type().equals(SCAN)
                        ? Stream.of(each)
                        : each.type().equals(SCAN + "s")
                                ? each.value("value").stream()
                                        .flatMap(value -> value.elements().stream())
                                        .flatMap(value -> value instanceof AnnotationValue.Nested nested
                                                ? Stream.of(nested.annotation())
                                                : Stream.empty())
                                : Stream.empty())
                .toList();
        List<String> packages = new ArrayList<>();
        scans.forEach(each -> packages(each, "basePackages", "value", packages));
        if (scans.isEmpty()) {
            boot.ifPresent(each -> packages(each, "scanBasePackages", "scanBasePackages", packages));
        }
        boolean none = scans.isEmpty() && boot.isEmpty();
        return none || !packages.isEmpty() ? packages : List.of(type.packageName());
    }

    private static void packages(AnnotationModel annotation, String names, String alias, List<String> into) {
        into.addAll(annotation.texts(names, alias));
        annotation
                .texts("basePackageClasses", "scanBasePackageClasses")
                .forEach(name -> into.add(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
    }

    private static boolean scans(List<String> packages, TypeModel type) {
        return packages.stream().anyMatch(each -> each.isEmpty() || (type.packageName() + ".").startsWith(each + "."));
    }
}
