package dev.quarry.ingest;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** The supertypes of known types that nothing declares, by name. */
final class MissingSupertypes {
    private final TypeNames names;

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

    /** Whether a class or interface has one otherwise than through that supertype. */
    boolean besides(ReferenceBinding type, ReferenceBinding known) {
        return isMissing(type, known.original(), new HashSet<>());
    }

    private static boolean isMissing(@Nullable ReferenceBinding type, TypeBinding known, Set<ReferenceBinding> seen) {
        if (type == null || Identity.same(type.original(), known) || !seen.add(type)) {
            return false;
        }
        if (Bindings.isMissing(type) || isMissing(type.superclass(), known, seen)) {
            return true;
        }
        for (ReferenceBinding next : type.superInterfaces()) {
            if (isMissing(next, known, seen)) {
                return true;
            }
        }
        return false;
    }

    private void collect(ReferenceBinding type, Set<String> found, Set<ReferenceBinding> seen) {
        if (!seen.add(type)) {
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

    private void add(ReferenceBinding type, ReferenceBinding next, Set<String> found, Set<ReferenceBinding> seen) {
        if (Bindings.isMissing(next)) {
            found.add(names.binaryName(next, names.contextOf(type)));
        } else {
            collect(next, found, seen);
        }
    }
}
