package dev.quarry.ingest;

import java.util.List;

/**
 * The execution of a bean's method, as pointcuts look at it.
 *
 * @param type the class of the bean
 * @param methods the method that runs, and behind it those that it overrides
 */
record JoinPoint(Bean bean, TypeModel type, List<Declared> methods) {
    /** A method and the type that declares it. */
    record Declared(TypeModel owner, TypeModel.Method method) {}

    JoinPoint {
        methods = List.copyOf(methods);
    }

    /** The method that runs. */
    Declared nearest() {
        return methods.getFirst();
    }
}
