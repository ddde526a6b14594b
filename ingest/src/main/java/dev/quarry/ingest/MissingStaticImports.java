package dev.quarry.ingest;

import dev.quarry.ingest.ReceiverTypes.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.ImportBinding;
import org.jspecify.annotations.Nullable;

/**
 * The missing types of which a file imports static members: a method that neither the class around a call nor anything
 * known has is one of theirs, and one that it imports by its name hides those of whole types. For one file.
 */
final class MissingStaticImports {
    private @Nullable Owner owner;

    /** The only one of which all is imported; a missing one without a name for several, unknown for none. */
    Owner owner(CompilationUnitScope scope) {
        if (owner == null) {
            owner = only(missing(scope, null));
        }
        return owner;
    }

    /** The only missing type of which the file imports this member by its name; unknown if a known type's is imported so. */
    Owner ofNamed(char[] member, CompilationUnitScope scope) {
        return isNamed(member, scope) ? Owner.UNKNOWN : only(missing(scope, member));
    }

    /** Whether a missing type may declare a method that competes with the known one of this name that the file imports. */
    boolean compete(char[] member, CompilationUnitScope scope) {
        return isNamed(member, scope)
                ? !missing(scope, member).isEmpty()
                : owner(scope).missing();
    }

    private static Owner only(List<String> missing) {
        return missing.isEmpty() ? Owner.UNKNOWN : Owner.missing(missing.size() == 1 ? missing.getFirst() : "");
    }

    /** The missing types of which a member is imported, or all of them. */
    private static List<String> missing(CompilationUnitScope scope, char @Nullable [] member) {
        List<String> missing = new ArrayList<>();
        for (ImportReference reference : written(scope)) {
            if (isOf(member, reference) && !isFound(reference, scope)) {
                String[] name = CharOperation.toStrings(reference.getImportName());
                int end = member == null ? name.length : name.length - 1;
                missing.add(ImportMap.binaryName(Arrays.copyOf(name, end)));
            }
        }
        return missing;
    }

    /** Whether a member of a known type is imported by its name. */
    private static boolean isNamed(char[] member, CompilationUnitScope scope) {
        for (ImportReference reference : written(scope)) {
            if (isOf(member, reference) && isFound(reference, scope)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(char @Nullable [] member, ImportReference reference) {
        boolean isWhole = (reference.bits & ASTNode.OnDemand) != 0;
        return reference.isStatic()
                && (member == null ? isWhole : !isWhole && CharOperation.equals(member, reference.getSimpleName()));
    }

    private static ImportReference[] written(CompilationUnitScope scope) {
        ImportReference[] written = scope.referenceContext.imports;
        return written == null ? new ImportReference[0] : written;
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
