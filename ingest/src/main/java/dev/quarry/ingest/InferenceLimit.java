package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.impl.ITypeRequestor;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedGenericMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.problem.AbortMethod;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/**
 * The compiler's table of types, which also counts how often the type arguments of a call are inferred: nested lambdas in
 * calls of overloaded methods make that exponential. Where a unit's budget ends, it gives up the method, or the field's
 * value, that wants more; half as much is left to those that follow, so that one of them does not cost all. It is counted
 * in calls, so that equal sources give equal graphs; the clock is the last resort.
 *
 * <p>What is asked of a bound unit is not counted: nobody would give up a method.
 */
final class InferenceLimit extends ModuleLookup {
    /** Classes that inherit hundreds of generic methods need some thousands, however short their text is. */
    private static final int MIN_BUDGET = 5_000;

    private static final int CHARS_PER_INFERENCE = 20;

    private int budget;
    private int left;
    private boolean counting;
    private boolean exceeded;
    private WorkLimit limit = new WorkLimit();

    InferenceLimit(
            ITypeRequestor requestor,
            CompilerOptions options,
            ProblemReporter problems,
            INameEnvironment environment,
            ModuleExports.Seen exports) {
        super(requestor, options, problems, environment, exports);
    }

    /** Begins to count for another unit, whose text has so many characters. */
    void begin(int chars) {
        limit = new WorkLimit();
        budget = MIN_BUDGET + chars / CHARS_PER_INFERENCE;
        left = budget;
        exceeded = false;
        counting = true;
    }

    /** The unit is bound. */
    void end() {
        counting = false;
    }

    /** Binds code that the unit's own binding has left, from what is left of its budget. */
    static void counted(Scope scope, Runnable binding) {
        if (!(scope.environment() instanceof InferenceLimit here)) {
            binding.run();
            return;
        }
        boolean before = here.counting;
        here.counting = true;
        try {
            binding.run();
        } finally {
            here.counting = before;
        }
    }

    boolean isExceeded() {
        return exceeded;
    }

    @Override
    public ParameterizedGenericMethodBinding createParameterizedGenericMethod(
            MethodBinding method,
            TypeBinding[] arguments,
            boolean uncheckedConversion,
            boolean fullInference,
            TypeBinding target) {
        CompilationUnitDeclaration unit = unitBeingCompleted;
        if (counting && unit != null && (--left < 0 || limit.isExceeded())) {
            giveUp(unit);
        }
        return super.createParameterizedGenericMethod(method, arguments, uncheckedConversion, fullInference, target);
    }

    private void giveUp(CompilationUnitDeclaration unit) {
        exceeded = true;
        budget /= 2;
        left = budget;
        limit = limit.half();
        CompilationResult result = unit.compilationResult;
        throw new AbortMethod(result, null);
    }
}
