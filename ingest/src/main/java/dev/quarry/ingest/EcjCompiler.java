package dev.quarry.ingest;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.Compiler;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.env.AccessRestriction;
import org.eclipse.jdt.internal.compiler.env.ICompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.impl.IrritantSet;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.eclipse.jdt.internal.compiler.problem.AbortCompilation;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblem;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/**
 * The compiler's core: parses the units, binds their names, hands each to the listener and drops it.
 *
 * <p>Nothing is generated, no annotation processor runs, and no error ends the run. One instance serves one run in one
 * thread.
 */
final class EcjCompiler extends Compiler {
    /** Takes the units as they are bound, in the order in which they were given. */
    interface Listener {
        /** The declarations of a unit are known, its bodies not yet; called for all units before the first is bound. */
        void parsed(EcjUnit unit, CompilationUnitDeclaration tree);

        /**
         * A type of a unit that is not to be bound was asked for; only its declarations are read.
         *
         * @return whether the unit is of the module that is bound
         */
        boolean seen(EcjUnit unit, CompilationUnitDeclaration tree);

        /**
         * The unit's names are bound.
         *
         * @param crash what ended the unit's binding early, or empty
         */
        void bound(EcjUnit unit, CompilationUnitDeclaration tree, String crash);
    }

    private final Listener listener;
    private final EcjEnvironment names;
    private final Set<EcjUnit> own = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<EcjUnit> waiting = new ArrayDeque<>();
    private final IdentityHashMap<ICompilationUnit, CompilationUnitDeclaration> seen = new IdentityHashMap<>();
    private final LombokModel lombok;
    private final PatchedModules patched;
    private final InferenceLimit inference;
    private final ShadowingImports shadows;
    private int accepting;
    private boolean begun;

    EcjCompiler(
            EcjEnvironment environment,
            String languageLevel,
            LombokModel lombok,
            PatchedModules patched,
            ModuleExports.Seen exports,
            boolean traced,
            Listener listener) {
        super(
                environment,
                DefaultErrorHandlingPolicies.proceedWithAllProblems(),
                options(languageLevel),
                _ -> {},
                new QuietProblemFactory(),
                new PrintWriter(Writer.nullWriter()),
                null);
        this.listener = listener;
        this.names = environment;
        this.lombok = lombok;
        this.patched = patched;
        problemReporter = new ToleratingReporter(options);
        options.produceReferenceInfo = traced;
        this.inference = new InferenceLimit(this, options, problemReporter, environment, exports);
        lookupEnvironment = inference;
        this.shadows = new ShadowingImports(inference);
        useSingleThread = true;
        initializeParser();
    }

    /** Binds the units. */
    void run(List<EcjUnit> units) {
        own.addAll(units);
        waiting.addAll(units);
        compile(units.toArray(ICompilationUnit[]::new));
        for (EcjUnit next = waiting.poll(); next != null; next = waiting.poll()) {
            reportDropped(next);
        }
    }

    /** What the environment answers with a source is looked at and not bound: it belongs to another module. */
    @Override
    protected synchronized void addCompilationUnit(ICompilationUnit source, CompilationUnitDeclaration tree) {
        if (!(source instanceof EcjUnit unit)) {
            super.addCompilationUnit(source, tree);
        } else if (own.contains(unit)) {
            super.addCompilationUnit(source, tree);
            listener.parsed(unit, tree);
        } else if (listener.seen(unit, tree)) {
            seen.put(source, tree);
        }
        initializeParser();
    }

    /**
     * Of the module's own units that are not bound the declarations are to be understood as if they were. One unit is read
     * in the midst of another: what their imports shadow waits until all of them have their supertypes.
     */
    @Override
    public void accept(ICompilationUnit source, AccessRestriction restriction) {
        CompilationUnitDeclaration before = lookupEnvironment.unitBeingCompleted;
        accepting++;
        try {
            super.accept(source, restriction);
        } finally {
            accepting--;
            lookupEnvironment.unitBeingCompleted = before;
        }
        CompilationUnitDeclaration tree = seen.remove(source);
        if (tree != null && !ShadowingImports.areFound(tree, names::isThere)) {
            shadows.expect(tree);
        }
        if (begun && accepting == 0) {
            shadows.apply();
        }
    }

    @Override
    public void process(CompilationUnitDeclaration tree, int index) {
        String crash = "";
        if (!begun) {
            begun = true;
            shadow();
        }
        lookupEnvironment.unitBeingCompleted = tree;
        inference.begin(tree.sourceEnd);
        try {
            bind(tree);
            if (inference.isExceeded()) {
                crash = "the compiler gave up on bodies whose types take too long to infer";
            }
        } catch (AbortCompilation abort) {
            crash = "the compiler gave up: " + describe(abort);
        } catch (RuntimeException | AssertionError | StackOverflowError defect) {
            crash = "the compiler failed: " + defect.getClass().getSimpleName();
        }
        inference.end();
        try {
            if (tree.compilationResult.compilationUnit instanceof EcjUnit unit) {
                report(unit, tree, crash);
            }
        } finally {
            lookupEnvironment.unitBeingCompleted = null;
        }
    }

    /** All units are parsed, none is bound: so it does not matter which of them is bound first. */
    private void shadow() {
        for (int i = 0; i < totalUnits; i++) {
            shadows.expect(unitsToProcess[i]);
        }
        shadows.apply();
    }

    /** Each unit has a parser of its own: what one has left of a recovery would bear on how the next unit is recovered. */
    @Override
    public void initializeParser() {
        parser = new EcjParser(problemReporter, options.parseLiteralExpressionsAsConstants, lombok, patched);
    }

    /** Hands a unit on, and before it those in front of it that the compiler has dropped: no file may be lost. */
    private void report(EcjUnit unit, CompilationUnitDeclaration tree, String crash) {
        for (EcjUnit next = waiting.poll(); next != null && !Identity.same(next, unit); next = waiting.poll()) {
            reportDropped(next);
        }
        listener.bound(unit, tree, crash);
    }

    private void reportDropped(EcjUnit unit) {
        CompilationResult result = new CompilationResult(unit, 0, 1, options.maxProblemsPerUnit);
        listener.bound(unit, EcjParser.unreadable(problemReporter, result), "the compiler gave up on this file");
    }

    private void bind(CompilationUnitDeclaration tree) {
        initializeParser();
        parser.getMethodBodies(tree);
        if (tree.compilationResult.compilationUnit instanceof EcjUnit unit) {
            lombok.expandBodies(
                    unit, tree, () -> new Parser(problemReporter, options.parseLiteralExpressionsAsConstants));
        }
        if (tree.scope != null) {
            tree.scope.faultInTypes();
            tree.scope.verifyMethods(lookupEnvironment.methodVerifier());
        }
        tree.resolve();
    }

    private static String describe(AbortCompilation abort) {
        CategorizedProblem problem = abort.problem;
        return problem == null ? abort.getClass().getSimpleName() : problem.getMessage();
    }

    private static CompilerOptions options(String level) {
        CompilerOptions options = new QuietOptions(Map.of(
                CompilerOptions.OPTION_Source, level,
                CompilerOptions.OPTION_Compliance, level,
                CompilerOptions.OPTION_TargetPlatform, level,
                CompilerOptions.OPTION_DocCommentSupport, CompilerOptions.DISABLED,
                CompilerOptions.OPTION_Process_Annotations, CompilerOptions.DISABLED));
        options.performMethodsFullRecovery = true;
        options.performStatementsRecovery = true;
        options.generateClassFiles = false;
        options.maxProblemsPerUnit = 1;
        return options;
    }

    /** Looks for no warnings. */
    private static final class QuietOptions extends CompilerOptions {
        QuietOptions(Map<String, String> settings) {
            super(settings);
            warningThreshold = new IrritantSet(0);
            infoThreshold = new IrritantSet(0);
            errorThreshold = new IrritantSet(0);
        }
    }

    /** Reports what the compiler did not foresee as nothing, where it would leave the rest of the method unbound. */
    private static final class ToleratingReporter extends ProblemReporter {
        ToleratingReporter(CompilerOptions options) {
            super(DefaultErrorHandlingPolicies.proceedWithAllProblems(), options, new QuietProblemFactory());
        }

        @Override
        public void invalidMethod(MessageSend send, MethodBinding method, Scope scope) {
            if (method instanceof ProblemMethodBinding problem
                    && scope.referenceCompilationUnit().compilationResult.compilationUnit instanceof EcjUnit unit) {
                unit.errors().reject(send, problem);
            }
            super.invalidMethod(send, method, scope);
        }

        /** Asked for where a missing type is the argument of a known one. */
        @Override
        public void needImplementation(ASTNode location) {
            // the expression stays unbound
        }
    }

    /** Spells out syntax errors only: the others are not shown, and there may be many where jars are missing. */
    private static final class QuietProblemFactory extends DefaultProblemFactory {
        @Override
        public CategorizedProblem createProblem(
                char[] file,
                int id,
                String[] arguments,
                String[] shown,
                int severity,
                int start,
                int end,
                int line,
                int column) {
            return createProblem(file, id, arguments, 0, shown, severity, start, end, line, column);
        }

        @Override
        public CategorizedProblem createProblem(
                char[] file,
                int id,
                String[] arguments,
                int elaboration,
                String[] shown,
                int severity,
                int start,
                int end,
                int line,
                int column) {
            String message = (id & IProblem.Syntax) == 0 ? "" : getLocalizedMessage(id, elaboration, shown);
            return new DefaultProblem(file, message, id, arguments, severity, start, end, line, column);
        }
    }
}
