package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.jspecify.annotations.Nullable;

/**
 * Fields that missing types may declare: one of a class that lies nearer to a name than the class of the field that was
 * found, or one that the file imports by its name. For one file.
 */
final class HiddenFields {
    private final MissingSupertypes supertypes;
    private final MissingStaticImports statics = new MissingStaticImports();

    HiddenFields(MissingSupertypes supertypes) {
        this.supertypes = supertypes;
    }

    /** Whether an expression is a name whose first part could mean such a field instead of the one that was found. */
    boolean mayMatter(Expression expression, @Nullable BlockScope scope) {
        return expression instanceof NameReference name
                && !(name instanceof QualifiedNameReference qualified && qualified.indexOfFirstFieldBinding > 1)
                && name.binding instanceof FieldBinding field
                && field.isValidBinding()
                && field.declaringClass != null
                && scope != null
                && mayMatter(first(name), field, scope);
    }

    private boolean mayMatter(char[] name, FieldBinding found, BlockScope scope) {
        for (ReferenceBinding type = scope.enclosingSourceType(); type != null; type = type.enclosingType()) {
            if (type.findSuperTypeOriginatingFrom(found.declaringClass) != null) {
                return false;
            }
            if (supertypes.isOpen(type)) {
                return true;
            }
        }
        return statics.ofNamed(name, scope.compilationUnitScope()).missing();
    }

    private static char[] first(NameReference name) {
        return switch (name) {
            case SingleNameReference single -> single.token;
            case QualifiedNameReference qualified -> qualified.tokens[0];
            default -> new char[0];
        };
    }
}
