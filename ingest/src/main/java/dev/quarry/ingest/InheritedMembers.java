package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.IntersectionTypeBinding18;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.eclipse.jdt.internal.compiler.lookup.TypeVariableBinding;
import org.jspecify.annotations.Nullable;

/**
 * The methods that types have: one of an interface that is overridden on the way down to a type is no member of it. Of
 * methods with one signature the compiler takes the first that it meets. For one file.
 */
final class InheritedMembers {
    private final TypeNames names;
    private final IdentityHashMap<TypeBinding, IdentityHashMap<MethodBinding, MethodBinding>> known =
            new IdentityHashMap<>();

    InheritedMembers(TypeNames names) {
        this.names = names;
    }

    /** The method that a call means instead of one that the compiler took; mostly that one. */
    MethodBinding called(
            MessageSend send, MethodBinding method, @Nullable TypeBinding receiver, @Nullable Scope scope) {
        TypeBinding type = send.actualReceiverType == null ? receiver : send.actualReceiverType;
        if (scope != null && send.receiver.isImplicitThis()) {
            ReferenceBinding declaring = method.original().declaringClass;
            type = declaring == null ? null : MethodLookup.enclosing(scope.enclosingSourceType(), declaring);
        }
        return of(type, method, scope);
    }

    /** The method that a type has instead of one that the compiler took; mostly that one. */
    MethodBinding of(@Nullable TypeBinding type, MethodBinding method, @Nullable Scope scope) {
        MethodBinding original = method.original();
        if (type == null
                || scope == null
                || original.isStatic()
                || original.isPrivate()
                || original.isConstructor()
                || original.isFinal()
                || original.declaringClass == null
                || !(original.declaringClass.isInterface() || original.declaringClass.id == TypeIds.T_JavaLangObject)
                || (!type.isTypeVariable() && Identity.same(original.declaringClass, type.original()))) {
            return method;
        }
        return known.computeIfAbsent(type, _ -> new IdentityHashMap<>())
                .computeIfAbsent(original, _ -> search(type, method, scope));
    }

    private MethodBinding search(TypeBinding type, MethodBinding method, Scope scope) {
        List<ReferenceBinding> starts = bounds(type);
        ReferenceBinding declaring = method.original().declaringClass;
        if (!declaring.isInterface()
                && (starts.size() != 1 || !starts.getFirst().isInterface())) {
            return method; // the class of an object, or of several interfaces' common subtypes, has Object's
        }
        Set<ReferenceBinding> above = new LinkedHashSet<>();
        for (ReferenceBinding start : starts) {
            above.add(start);
            above.addAll(OverrideFinder.supertypesOf(start));
        }
        OverrideFinder finder = new OverrideFinder(scope, names);
        List<MethodBinding> nearer = new ArrayList<>();
        for (ReferenceBinding next : above) {
            if (Bindings.isMissing(next) || Identity.same(next.original(), declaring)) {
                continue;
            }
            for (MethodBinding candidate : next.getMethods(method.selector)) {
                if (overrides(finder, candidate, method)) {
                    nearer.add(candidate);
                }
            }
        }
        List<MethodBinding> nearest = OverrideFinder.nearest(nearer);
        return nearest.isEmpty() ? method : nearest.getFirst();
    }

    private static boolean overrides(OverrideFinder finder, MethodBinding candidate, MethodBinding method) {
        MethodBinding original = candidate.original();
        return original.parameters.length == method.original().parameters.length
                && finder.overriddenAnywhere(original, finder.supertypes(original.declaringClass)).stream()
                        .anyMatch(each -> Identity.same(each.original(), method.original()));
    }

    /** The classes and interfaces that a type's values have all. */
    private static List<ReferenceBinding> bounds(TypeBinding type) {
        if (type instanceof IntersectionTypeBinding18 intersection) {
            return List.of(intersection.intersectingTypes);
        }
        if (!(type instanceof TypeVariableBinding variable)) {
            return type instanceof ReferenceBinding reference ? List.of(reference) : List.of();
        }
        List<ReferenceBinding> found = new ArrayList<>();
        ReferenceBinding superclass = variable.superclass();
        if (superclass instanceof TypeVariableBinding) {
            return bounds(superclass);
        }
        if (superclass != null && superclass.id != TypeIds.T_JavaLangObject) {
            found.add(superclass);
        }
        found.addAll(List.of(variable.superInterfaces()));
        return found;
    }
}
