package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.ImportBinding;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.problem.AbortCompilation;
import org.eclipse.jdt.internal.compiler.util.HashtableOfObject;

/**
 * Lets the import of a missing type shadow other types of its simple name. For one run of the compiler.
 *
 * <p>The compiler forgets an import that it cannot resolve, and then takes the name for a type of the same package, or of a
 * package that is imported with a star.
 *
 * <p>A unit's static imports of methods bind signatures in other units. So that these mean the same whichever unit asks
 * first, static imports are resolved when all units that were read have their shadows.
 */
final class ShadowingImports {
    /** Looking for a variable of no name, outside of all types, is what makes the compiler resolve a unit's imports. */
    private static final char[] NO_NAME = {' '};

    private final LookupEnvironment environment;
    private final Deque<CompilationUnitDeclaration> read = new ArrayDeque<>();
    private final Deque<Shadows> withStaticImports = new ArrayDeque<>();
    private boolean looking;
    private boolean resolving;

    /** The types that a unit names and imports, and that are missing. */
    private record Shadows(CompilationUnitDeclaration tree, List<ImportReference> missing) {}

    ShadowingImports(LookupEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Whether all that the unit imports by name is there, as far as that is told without reading the types: then there is
     * nothing to apply, and none of them needs to be read.
     */
    static boolean areFound(CompilationUnitDeclaration tree, Predicate<char[][]> isThere) {
        if (tree.imports == null) {
            return true;
        }
        for (ImportReference reference : tree.imports) {
            if (isOfOneType(reference) && !isThere.test(reference.getImportName())) {
                return false;
            }
        }
        return true;
    }

    /** Notes a unit that was read. */
    void expect(CompilationUnitDeclaration tree) {
        read.add(tree);
    }

    /**
     * Applies what is noted. To be called before signatures and bodies are bound, and when the supertypes of all units that
     * were read are bound.
     */
    void apply() {
        if (!looking) {
            looking = true;
            try {
                for (CompilationUnitDeclaration tree = read.poll(); tree != null; tree = read.poll()) {
                    CompilationUnitDeclaration unit = tree;
                    of(unit, () -> shadow(unit));
                }
            } finally {
                looking = false;
            }
        }
        if (!looking && !resolving) {
            resolving = true;
            try {
                for (Shadows next = withStaticImports.poll(); next != null; next = withStaticImports.poll()) {
                    Shadows shadows = next;
                    of(shadows.tree(), () -> resolve(shadows));
                }
            } finally {
                resolving = false;
            }
        }
    }

    private void of(CompilationUnitDeclaration tree, Runnable work) {
        CompilationUnitDeclaration before = environment.unitBeingCompleted;
        environment.unitBeingCompleted = tree;
        try {
            work.run();
        } catch (AbortCompilation _) {
            // the unit's own binding meets the same obstacle, and reports it
        } finally {
            environment.unitBeingCompleted = before;
        }
    }

    private static boolean isOfOneType(ImportReference reference) {
        return (reference.bits & ASTNode.OnDemand) == 0 && !reference.isStatic();
    }

    private void shadow(CompilationUnitDeclaration tree) {
        CompilationUnitScope scope = tree.scope;
        if (scope == null || tree.imports == null) {
            return;
        }
        boolean hasStatic = false;
        List<ImportReference> missing = new ArrayList<>();
        for (ImportReference reference : tree.imports) {
            hasStatic |= reference.isStatic();
            if (isOfOneType(reference)
                    && scope.findImport(reference.getImportName(), false, false).problemId()
                            == ProblemReasons.NotFound) {
                missing.add(reference);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        Shadows shadows = new Shadows(tree, missing);
        if (hasStatic && scope.typeOrPackageCache == null) {
            resolveTypes(shadows);
            withStaticImports.add(shadows);
        } else {
            resolve(shadows);
        }
    }

    /** Resolves the imports of types alone, and leaves the unit such that all its imports will be resolved. */
    private static void resolveTypes(Shadows shadows) {
        CompilationUnitDeclaration tree = shadows.tree();
        CompilationUnitScope scope = tree.scope;
        HashtableOfObject types = new HashtableOfObject(tree.imports.length);
        for (ImportReference reference : tree.imports) {
            if ((reference.bits & ASTNode.OnDemand) == 0) {
                TypeBinding type = scope.getType(reference.getSimpleName());
                if (type.isValidBinding()) {
                    types.put(reference.getSimpleName(), type);
                }
            }
        }
        ImportBinding[] bindings = scope.imports;
        ImportReference[] imports = tree.imports;
        tree.imports = shadows.missing().toArray(ImportReference[]::new);
        scope.environment.suppressImportErrors = true; // has imports that are not found be looked for again
        try {
            resolve(scope);
        } finally {
            scope.environment.suppressImportErrors = false;
            tree.imports = imports;
            scope.imports = bindings;
        }
        scope.typeOrPackageCache = types;
        put(shadows);
    }

    private static void resolve(Shadows shadows) {
        resolve(shadows.tree().scope);
        put(shadows);
    }

    private static void resolve(CompilationUnitScope scope) {
        scope.getBinding(NO_NAME, Binding.VARIABLE, new SingleNameReference(NO_NAME, 0), false);
    }

    private static void put(Shadows shadows) {
        CompilationUnitScope scope = shadows.tree().scope;
        for (ImportReference reference : shadows.missing()) {
            char[] name = reference.getSimpleName();
            if (scope.typeOrPackageCache != null && scope.getType(name).isValidBinding()) {
                scope.typeOrPackageCache.put(
                        name,
                        new ProblemReferenceBinding(
                                new char[][] {name},
                                scope.environment().createMissingType(null, reference.getImportName()),
                                ProblemReasons.NotFound));
            }
        }
    }
}
