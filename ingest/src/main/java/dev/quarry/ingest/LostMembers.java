package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * What the types of a file may have lost to a syntax error between declarations: a method that was found in a supertype, or
 * in a type around, may be the one that a lost method overrides or hides; and a class whose constructors are lost seems to
 * have the one of classes without any.
 */
final class LostMembers {
    private final UnitErrors errors;

    LostMembers(UnitErrors errors) {
        this.errors = errors;
    }

    /** Whether a call could mean a lost method instead of the one that was found. */
    boolean mayMatter(MessageSend send, MethodBinding found) {
        return mayMatter(send.actualReceiverType, send.receiver.isImplicitThis(), found);
    }

    boolean mayMatter(ReferenceExpression reference, MethodBinding found) {
        return found.isConstructor() ? mayMatter(found) : mayMatter(reference.receiverType, false, found);
    }

    /** Whether a constructor may be there only because those that the text had are lost. */
    boolean mayMatter(MethodBinding constructor) {
        MethodBinding original = constructor.original();
        return isIncomplete(original.declaringClass)
                && original.declaringClass instanceof SourceTypeBinding
                && original.sourceMethod() != null
                && original.sourceMethod().isDefaultConstructor();
    }

    private boolean mayMatter(@Nullable TypeBinding receiver, boolean implicit, MethodBinding found) {
        if (errors.inDeclarations().isEmpty()) {
            return false;
        }
        ReferenceBinding declaring = found.original().declaringClass;
        for (TypeBinding next = receiver; next instanceof ReferenceBinding type; next = type.enclosingType()) {
            if (Identity.same(type.original(), declaring)) {
                return false;
            }
            if (isIncomplete(type) || isBelowIncomplete(type, declaring)) {
                return true;
            }
            if (!implicit || type.findSuperTypeOriginatingFrom(declaring) != null) {
                return false;
            }
        }
        return false;
    }

    /** Whether a supertype that is nearer than the one with the method has lost something. */
    private boolean isBelowIncomplete(ReferenceBinding type, ReferenceBinding declaring) {
        return OverrideFinder.supertypesOf(type).stream()
                .anyMatch(above -> !Identity.same(above.original(), declaring)
                        && above.findSuperTypeOriginatingFrom(declaring) != null
                        && isIncomplete(above));
    }

    /** Whether a type is declared in the file, and the file does not tell all that it declares. */
    private boolean isIncomplete(ReferenceBinding type) {
        return !errors.inDeclarations().isEmpty()
                && type.original() instanceof SourceTypeBinding source
                && source.scope != null
                && source.scope.referenceCompilationUnit().compilationResult.compilationUnit instanceof EcjUnit unit
                && Identity.same(unit.errors(), errors);
    }
}
