package dev.quarry.ingest;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** The supertypes of known types that nothing declares, by name. */
final class MissingSupertypes {
    private final TypeNames names;
    private final IdentityHashMap<ReferenceBinding, Boolean> open = new IdentityHashMap<>();

    MissingSupertypes(TypeNames names) {
        this.names = names;
    }

    /** Those of a class or interface, of all its known supertypes too; of an array, those of its elements. */
    Set<String> of(TypeBinding type) {
        Set<String> missing = new TreeSet<>();
        if (type.leafComponentType().erasure() instanceof ReferenceBinding reference) {
            collect(reference, missing, new HashSet<>());
        }
        return missing;
    }

    /** Whether a class or interface is missing or has such a supertype. */
    boolean isOpen(ReferenceBinding type) {
        return open.computeIfAbsent(type, each -> Bindings.isMissing(each) || !of(each).isEmpty());
    }

    /** Whether a class around a class has such a supertype. */
    boolean isInsideOpen(ReferenceBinding type) {
        for (ReferenceBinding outer = type.enclosingType(); outer != null; outer = outer.enclosingType()) {
            if (isOpen(outer)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a class or interface is missing or has such a supertype otherwise than through that known one. */
    boolean isOpenBeside(ReferenceBinding type, ReferenceBinding known) {
        Set<String> missing = new TreeSet<>();
        collect(type, missing, new HashSet<>(Set.of(known.original())));
        return Bindings.isMissing(type) || !missing.isEmpty();
    }

    /** The first class that nothing declares, from a class on upwards; null if all are known. */
    static @Nullable ReferenceBinding firstClass(ReferenceBinding start) {
        ReferenceBinding next = start;
        while (next != null && !Bindings.isMissing(next)) {
            next = next.superclass();
        }
        return next;
    }

    private void collect(ReferenceBinding type, Set<String> found, Set<TypeBinding> seen) {
        if (!seen.add(type.original())) {
            return;
        }
        ReferenceBinding superclass = type.superclass();
        if (superclass != null) {
            add(type, superclass, found, seen);
        }
        for (ReferenceBinding next : type.superInterfaces()) {
            add(type, next, found, seen);
        }
    }

    private void add(ReferenceBinding type, ReferenceBinding next, Set<String> found, Set<TypeBinding> seen) {
        if (Bindings.isMissing(next)) {
            found.add(names.binaryName(next, names.contextOf(type)));
        } else {
            collect(next, found, seen);
        }
    }
}
