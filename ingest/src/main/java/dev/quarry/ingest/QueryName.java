package dev.quarry.ingest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a statement is known by.
 *
 * @param signature that of the method that owns it, where its type has several of the name; empty elsewhere
 */
record QueryName(String name, String signature) {
    /** The name of a statement that no method owns. */
    static QueryName plain(String name) {
        return new QueryName(name, "");
    }

    /**
     * The name of a method's statement.
     *
     * @param overloaded the names that several methods of the owner have
     */
    static QueryName of(TypeModel owner, TypeModel.Method method, Set<String> overloaded) {
        String signature = overloaded.contains(method.name()) ? method.signature() : "";
        return new QueryName(owner.name() + "." + method.name(), signature);
    }

    /** The names that several of these methods have. */
    static Set<String> overloaded(Collection<TypeModel.Method> methods) {
        Set<String> once = new HashSet<>();
        Set<String> again = new HashSet<>();
        for (TypeModel.Method method : methods) {
            if (!once.add(method.name())) {
                again.add(method.name());
            }
        }
        return again;
    }
}
