package dev.quarry.ingest;

import java.util.IdentityHashMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler found wrong in a unit and its tree does not tell: where the syntax breaks, and which calls it rejects,
 * as it puts the method that fits best in the place of the one that does not exist.
 */
final class UnitErrors {
    private final NavigableSet<Integer> inDeclarations = new TreeSet<>();
    private final NavigableSet<Integer> inBodies = new TreeSet<>();
    private final IdentityHashMap<MessageSend, ProblemMethodBinding> rejected = new IdentityHashMap<>();

    /** Errors of nothing. */
    UnitErrors() {}

    /** Notes a syntax error at an offset, met where declarations are read or where a body is. */
    void syntax(int offset, boolean ofDeclarations) {
        (ofDeclarations ? inDeclarations : inBodies).add(offset);
    }

    /** Notes that no method fits a call. */
    void reject(MessageSend send, ProblemMethodBinding problem) {
        rejected.put(send, problem);
    }

    /** Why no method fits a call; null where the compiler takes it. */
    @Nullable
    ProblemMethodBinding rejection(MessageSend send) {
        return rejected.get(send);
    }

    /** The offsets of syntax errors between and in the heads of declarations. */
    NavigableSet<Integer> inDeclarations() {
        return inDeclarations;
    }

    /** The offsets of syntax errors in bodies. */
    NavigableSet<Integer> inBodies() {
        return inBodies;
    }

    /** Forgets all, and the trees with it. */
    void clear() {
        inDeclarations.clear();
        inBodies.clear();
        rejected.clear();
    }
}
