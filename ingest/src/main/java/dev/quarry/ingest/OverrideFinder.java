package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodVerifier;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** Finds the methods that a method overrides or implements directly. */
final class OverrideFinder {
    private final LookupEnvironment environment;
    private final TypeNames names;
    private final @Nullable ReferenceBinding object;

    OverrideFinder(Scope scope, TypeNames names) {
        this.names = names;
        this.environment = scope.environment();
        this.object = scope.getJavaLangObject();
    }

    /** All supertypes, nearest first: superclasses, then superinterfaces; for interfaces Object as well. */
    List<ReferenceBinding> supertypes(ReferenceBinding type) {
        List<ReferenceBinding> found = supertypesOf(type);
        if (type.isInterface() && object != null && !found.contains(object)) {
            found.add(object);
        }
        return found;
    }

    /** The same without what interfaces have of Object. */
    static List<ReferenceBinding> supertypesOf(ReferenceBinding type) {
        Set<ReferenceBinding> found = new LinkedHashSet<>();
        Deque<ReferenceBinding> interfaces = new ArrayDeque<>(List.of(type.superInterfaces()));
        ReferenceBinding superclass = type.superclass();
        while (superclass != null && found.add(superclass)) {
            interfaces.addAll(List.of(superclass.superInterfaces()));
            superclass = superclass.superclass();
        }
        while (!interfaces.isEmpty()) {
            ReferenceBinding next = interfaces.poll();
            if (found.add(next)) {
                interfaces.addAll(List.of(next.superInterfaces()));
            }
        }
        return new ArrayList<>(found);
    }

    /** The methods of these supertypes that the method overrides, without those that another of them overrides. */
    List<MethodBinding> overridden(MethodBinding method, List<ReferenceBinding> supertypes) {
        List<MethodBinding> found = overriddenAnywhere(method, supertypes);
        return found.size() < 2 ? found : nearest(found);
    }

    /** The methods of these supertypes that the method overrides, at any distance. */
    List<MethodBinding> overriddenAnywhere(MethodBinding method, List<ReferenceBinding> supertypes) {
        if (method.isStatic() || method.isPrivate() || method.isConstructor()) {
            return List.of();
        }
        List<MethodBinding> found = new ArrayList<>();
        for (ReferenceBinding supertype : supertypes) {
            for (MethodBinding candidate : supertype.getMethods(method.selector)) {
                if (isOverridden(method, candidate)) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    private boolean isOverridden(MethodBinding method, MethodBinding candidate) {
        if (candidate.isStatic()
                || candidate.isPrivate()
                || candidate.isConstructor()
                || candidate.parameters.length != method.parameters.length) {
            return false;
        }
        boolean packagePrivate = !candidate.isPublic() && !candidate.isProtected();
        if (packagePrivate && !Identity.same(candidate.declaringClass.fPackage, method.declaringClass.fPackage)) {
            return false;
        }
        return MethodVerifier.doesMethodOverride(method, candidate, environment)
                || (hasMissingParameter(method) && haveSameNames(method, candidate));
    }

    /** Whether a parameter's type is one that nothing declares. */
    static boolean hasMissingParameter(MethodBinding method) {
        for (TypeBinding parameter : method.parameters) {
            if (Bindings.isMissing(parameter.leafComponentType())) {
                return true;
            }
        }
        return false;
    }

    /** Each file that names a missing type has a binding of its own for it. */
    private boolean haveSameNames(MethodBinding method, MethodBinding candidate) {
        ImportMap own = names.contextOf(method.declaringClass);
        ImportMap above = names.contextOf(candidate.original().declaringClass);
        for (int i = 0; i < method.parameters.length; i++) {
            boolean argument =
                    candidate.original().parameters[i].leafComponentType().isTypeVariable();
            String mine = names.erasedName(method.parameters[i], own);
            if (!mine.equals(names.erasedName(candidate.parameters[i], argument ? own : above))) {
                return false;
            }
        }
        return true;
    }

    /** The methods whose types have none of the others' types below themselves. */
    static List<MethodBinding> nearest(List<MethodBinding> found) {
        return found.stream()
                .filter(method -> found.stream()
                        .noneMatch(other ->
                                !Identity.same(other, method) && isBelow(other.declaringClass, method.declaringClass)))
                .toList();
    }

    private static boolean isBelow(ReferenceBinding type, ReferenceBinding above) {
        return !Identity.same(type.original(), above.original())
                && type.findSuperTypeOriginatingFrom(above.original()) != null;
    }
}
