package dev.quarry.ingest;

import dev.quarry.ingest.ReceiverTypes.Owner;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.ImportBinding;
import org.jspecify.annotations.Nullable;

/**
 * The missing types of which a file imports all static members: a method that neither the class around a call nor anything
 * known has is one of theirs. For one file.
 */
final class MissingStaticImports {
    private @Nullable Owner owner;

    /** The only such type; a missing one without a name if there are several; unknown if there is none. */
    Owner owner(CompilationUnitScope scope) {
        if (owner == null) {
            List<String> missing = missing(scope);
            owner = missing.isEmpty() ? Owner.UNKNOWN : Owner.missing(missing.size() == 1 ? missing.getFirst() : "");
        }
        return owner;
    }

    private static List<String> missing(CompilationUnitScope scope) {
        List<String> missing = new ArrayList<>();
        ImportReference[] written = scope.referenceContext.imports;
        for (ImportReference reference : written == null ? new ImportReference[0] : written) {
            if (reference.isStatic() && (reference.bits & ASTNode.OnDemand) != 0 && !isFound(reference, scope)) {
                missing.add(ImportMap.binaryName(CharOperation.toStrings(reference.getImportName())));
            }
        }
        return missing;
    }

    private static boolean isFound(ImportReference reference, CompilationUnitScope scope) {
        for (ImportBinding each : scope.imports) {
            if (Identity.same(each.reference, reference)) {
                return each.getResolvedImport() != null
                        && each.getResolvedImport().isValidBinding();
            }
        }
        return false;
    }
}
