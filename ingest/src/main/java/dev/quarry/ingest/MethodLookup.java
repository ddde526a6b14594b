package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeVariableBinding;
import org.jspecify.annotations.Nullable;

/** Finds methods by their names: those that the compiler calls unasked, and those that it could not choose. */
final class MethodLookup {
    private MethodLookup() {}

    /**
     * The method without parameters that a call on this type would name: from superclasses first, then from the nearest
     * superinterface that none of the others extends.
     */
    static @Nullable MethodBinding find(TypeBinding type, String name) {
        TypeBinding start = type instanceof TypeVariableBinding variable ? variable.erasure() : type;
        char[] selector = name.toCharArray();
        Deque<ReferenceBinding> interfaces = new ArrayDeque<>();
        ReferenceBinding next = start instanceof ReferenceBinding reference ? reference : null;
        for (; next != null; next = next.superclass()) {
            MethodBinding own = declared(next, selector);
            if (own != null) {
                return own;
            }
            interfaces.addAll(List.of(next.superInterfaces()));
        }
        List<MethodBinding> found = new ArrayList<>();
        Set<ReferenceBinding> seen = new HashSet<>();
        while (!interfaces.isEmpty()) {
            ReferenceBinding candidate = interfaces.poll();
            if (seen.add(candidate)) {
                MethodBinding own = declared(candidate, selector);
                if (own != null) {
                    found.add(own);
                }
                interfaces.addAll(List.of(candidate.superInterfaces()));
            }
        }
        return found.isEmpty() ? null : OverrideFinder.nearest(found).getFirst();
    }

    private static @Nullable MethodBinding declared(ReferenceBinding type, char[] selector) {
        for (MethodBinding method : type.getMethods(selector)) {
            if (method.parameters.length == 0 && !method.isStatic()) {
                return method;
            }
        }
        return null;
    }

    /** The method of this name, if the type, its supertypes included, has only one; so a method reference needs no types. */
    static @Nullable MethodBinding only(ReferenceBinding type, char[] selector) {
        for (ReferenceBinding next = type; next != null; next = next.superclass()) {
            MethodBinding[] methods = next.getMethods(selector);
            if (methods.length > 0) {
                return methods.length == 1 ? methods[0] : null;
            }
        }
        for (ReferenceBinding next : type.superInterfaces()) {
            MethodBinding found = only(next, selector);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The innermost type, from this one outwards, that has or inherits a method of this name. */
    static @Nullable ReferenceBinding enclosing(@Nullable TypeBinding type, char[] selector) {
        for (TypeBinding next = type; next instanceof ReferenceBinding outer; next = outer.enclosingType()) {
            if (has(outer, selector)) {
                return outer;
            }
        }
        return null;
    }

    /** The innermost type, from this one outwards, that has what a type declares: that type, or one below it. */
    static @Nullable ReferenceBinding enclosing(@Nullable TypeBinding type, ReferenceBinding declaring) {
        for (TypeBinding next = type; next instanceof ReferenceBinding outer; next = outer.enclosingType()) {
            if (outer.findSuperTypeOriginatingFrom(declaring) != null) {
                return outer;
            }
        }
        return null;
    }

    private static boolean has(ReferenceBinding type, char[] selector) {
        if (type.getMethods(selector).length > 0) {
            return true;
        }
        ReferenceBinding superclass = type.superclass();
        if (superclass != null && has(superclass, selector)) {
            return true;
        }
        for (ReferenceBinding next : type.superInterfaces()) {
            if (has(next, selector)) {
                return true;
            }
        }
        return false;
    }
}
