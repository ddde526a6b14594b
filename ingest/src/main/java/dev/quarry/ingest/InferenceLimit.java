package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.impl.ITypeRequestor;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedGenericMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.problem.AbortMethod;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/**
 * The compiler's table of types, which also counts how often the type arguments of a call are inferred: nested lambdas in
 * calls of overloaded methods make that exponential. A unit that exceeds its budget gives up the methods that want more;
 * it is counted in calls, so that equal sources give equal graphs; the clock is the last resort.
 */
final class InferenceLimit extends ModuleLookup {
    /** Classes that inherit hundreds of generic methods need some thousands, however short their text is. */
    private static final int MIN_BUDGET = 5_000;

    private static final int CHARS_PER_INFERENCE = 20;

    private int inferences;
    private int budget = MIN_BUDGET;
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
        inferences = 0;
        limit = new WorkLimit();
        budget = MIN_BUDGET + chars / CHARS_PER_INFERENCE;
    }

    boolean isExceeded() {
        return inferences > budget;
    }

    @Override
    public ParameterizedGenericMethodBinding createParameterizedGenericMethod(
            MethodBinding method,
            TypeBinding[] arguments,
            boolean uncheckedConversion,
            boolean fullInference,
            TypeBinding target) {
        CompilationUnitDeclaration unit = unitBeingCompleted;
        if (limit.isExceeded()) {
            inferences = Math.max(inferences, budget); // the last resort
        }
        if (++inferences > budget && unit != null) {
            CompilationResult result = unit.compilationResult;
            throw new AbortMethod(result, null);
        }
        return super.createParameterizedGenericMethod(method, arguments, uncheckedConversion, fullInference, target);
    }
}
