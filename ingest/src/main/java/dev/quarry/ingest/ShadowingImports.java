package dev.quarry.ingest;

import java.util.function.Predicate;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;

/**
 * Lets the import of a missing type shadow other types of its simple name.
 *
 * <p>The compiler forgets an import that it cannot resolve, and then takes the name for a type of the same package, or of a
 * package that is imported with a star.
 */
final class ShadowingImports {
    private ShadowingImports() {}

    /**
     * Whether all that the unit imports by name is there, as far as that is told without reading the types: then there is
     * nothing to apply, and none of them needs to be read.
     */
    static boolean areFound(CompilationUnitDeclaration tree, Predicate<char[][]> isThere) {
        if (tree.imports == null) {
            return true;
        }
        for (ImportReference reference : tree.imports) {
            if ((reference.bits & ASTNode.OnDemand) == 0
                    && !reference.isStatic()
                    && !isThere.test(reference.getImportName())) {
                return false;
            }
        }
        return true;
    }

    /** To be called before a unit's signatures and bodies are bound; its supertypes are bound already. */
    static void apply(CompilationUnitDeclaration tree) {
        CompilationUnitScope scope = tree.scope;
        if (scope == null || tree.imports == null) {
            return;
        }
        for (ImportReference reference : tree.imports) {
            if ((reference.bits & ASTNode.OnDemand) == 0 && !reference.isStatic()) {
                shadow(scope, reference.getImportName(), reference.getSimpleName());
            }
        }
    }

    private static void shadow(CompilationUnitScope scope, char[][] imported, char[] name) {
        if (scope.findImport(imported, false, false).problemId() != ProblemReasons.NotFound) {
            return;
        }
        if (scope.typeOrPackageCache == null) {
            // looking for a variable outside of all types is what makes the compiler resolve the unit's imports
            scope.getBinding(name, Binding.VARIABLE, new SingleNameReference(name, 0), false);
        }
        if (scope.typeOrPackageCache != null && scope.getType(name).isValidBinding()) {
            scope.typeOrPackageCache.put(
                    name,
                    new ProblemReferenceBinding(
                            new char[][] {name},
                            scope.environment().createMissingType(null, imported),
                            ProblemReasons.NotFound));
        }
    }
}
