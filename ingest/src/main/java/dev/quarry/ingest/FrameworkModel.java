package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What frameworks see of a repository: its types with their annotations, and calls of the methods that frameworks give a
 * meaning. It is filled while the files are bound, and read once all are.
 */
final class FrameworkModel {
    /**
     * A call.
     *
     * @param caller the callable around it
     * @param test whether the caller is in a test
     * @param receiver the binary name of the type that the method is called on; empty if unknown
     */
    record Invocation(
            NodeId caller, boolean test, String method, String receiver, List<Argument> arguments, Sites sites) {
        /** The same call, wherever it stands. */
        Invocation withoutPlace() {
            return new Invocation(caller, test, method, receiver, arguments, Sites.NONE);
        }
    }

    /** An argument: its value where it is constant, and the binary name of its type; empty if unknown. */
    record Argument(AnnotationValue value, String type) {}

    private final Map<String, TypeModel> types = new TreeMap<>();
    private final FrameworkResources resources;
    private final List<Invocation> invocations = new ArrayList<>();
    private final List<ModuleDescriptor.Service> registrations = new ArrayList<>();
    private boolean membersOfAll;
    private @Nullable BeanCatalog beans;

    FrameworkModel(FrameworkResources resources) {
        this.resources = resources;
    }

    /** What stands beside the sources. */
    FrameworkResources resources() {
        return resources;
    }

    /** Has the members of all types noted if a file may look at any of them. */
    void expect(SourceFile file) {
        membersOfAll |= wantsMembers(file);
    }

    /** Whether a file's text names what may look at the members of any type. */
    static boolean wantsMembers(SourceFile file) {
        String text = file.text();
        return text.contains("org.aspectj.lang.annotation")
                || text.contains("org.springframework.boot.context.properties")
                || (text.contains("org.apache.ibatis.annotations") && text.contains("Provider"));
    }

    /** Whether members are wanted also of types without annotations. */
    boolean wantsMembersOfAll() {
        return membersOfAll;
    }

    /** The beans that the types define; to be asked for once all files are bound. */
    BeanCatalog beans() {
        if (beans == null) {
            beans = new BeanCatalog(this);
        }
        return beans;
    }

    /** Takes what a file brings; the files in their order. Of types with one name the first stays. */
    void add(FrameworkNotes notes) {
        notes.types.forEach(type -> types.putIfAbsent(type.name(), type));
        invocations.addAll(notes.invocations);
    }

    /** Takes the services that a module registers. */
    void registers(ModuleDescriptor descriptor) {
        descriptor.services.stream()
                .filter(service -> !service.provider().isEmpty())
                .forEach(registrations::add);
    }

    /** What module descriptors register, in the order of files and text. */
    List<ModuleDescriptor.Service> registrations() {
        return registrations;
    }

    /** All types, in the order of their names. */
    Collection<TypeModel> types() {
        return types.values();
    }

    /** All calls that matter, in the order of files and text. */
    List<Invocation> invocations() {
        return invocations;
    }

    /** The type of this binary name, if the repository declares it. */
    Optional<TypeModel> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** The type itself and its supertypes, nearest first, with the type arguments that it gives them. */
    Collection<TypeName> hierarchy(TypeName type) {
        Map<String, TypeName> all = new LinkedHashMap<>();
        List<TypeName> open = new ArrayList<>(List.of(type));
        for (int i = 0; i < open.size(); i++) {
            TypeName next = open.get(i);
            if (all.putIfAbsent(next.name(), next) == null) {
                type(next.name()).ifPresent(model -> {
                    Map<String, TypeName> variables = variables(model, next);
                    model.supertypes().forEach(supertype -> open.add(supertype.with(variables)));
                });
            }
        }
        return all.values();
    }

    /** What the variables of a type stand for where it is used like this. */
    static Map<String, TypeName> variables(TypeModel model, TypeName use) {
        Map<String, TypeName> variables = new HashMap<>();
        for (int i = 0; i < Math.min(model.parameters().size(), use.arguments().size()); i++) {
            variables.put(model.parameters().get(i), use.arguments().get(i));
        }
        return variables;
    }

    /** Whether a value of one type can be handed to what wants the other; type arguments that are not known fit. */
    boolean isAssignable(TypeName type, TypeName wanted) {
        if (wanted.form() == TypeName.Form.VARIABLE || wanted.name().equals("?")) {
            return true;
        }
        return hierarchy(type).stream()
                .anyMatch(each -> each.name().equals(wanted.name()) && fitsArguments(each, wanted));
    }

    private boolean fitsArguments(TypeName type, TypeName wanted) {
        if (type.arguments().isEmpty()
                || type.arguments().size() != wanted.arguments().size()) {
            return true;
        }
        for (int i = 0; i < wanted.arguments().size(); i++) {
            if (!fitsArgument(type.arguments().get(i), wanted.arguments().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsArgument(TypeName given, TypeName wanted) {
        if (given.form() != TypeName.Form.PLAIN
                || wanted.form() == TypeName.Form.VARIABLE
                || wanted.name().equals("?")) {
            return true;
        }
        return wanted.form() == TypeName.Form.WILDCARD
                ? isAssignable(given, wanted) || mayReach(given, wanted.name())
                : given.name().equals(wanted.name()) && fitsArguments(given, wanted);
    }

    /** Whether a type may have a supertype that only the JDK or a library knows of. */
    private boolean mayReach(TypeName type, String wanted) {
        return type(wanted).isEmpty()
                && hierarchy(type).stream()
                        .map(TypeName::name)
                        .filter(name -> type(name).isEmpty() && !name.equals("java.lang.Object"))
                        .anyMatch(name -> !name.equals(wanted) && !JdkTypes.areUnrelated(name, wanted));
    }
}
