package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ConstructorDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.jspecify.annotations.Nullable;

/** What the compiler's core says of classes without a name. */
final class AnonymousClasses {
    private AnonymousClasses() {}

    /** The constructor that an anonymous class calls; null where that is not known. */
    static @Nullable MethodBinding superConstructor(TypeDeclaration anonymous) {
        if (anonymous.methods == null) {
            return null;
        }
        for (AbstractMethodDeclaration method : anonymous.methods) {
            if (method instanceof ConstructorDeclaration constructor && constructor.constructorCall != null) {
                MethodBinding binding = constructor.constructorCall.binding;
                return binding != null && binding.isValidBinding() ? binding : null;
            }
        }
        return null;
    }

    /** Whether an anonymous class is written after an interface, so that it calls Object's constructor. */
    static boolean implementsInterface(TypeDeclaration anonymous) {
        return anonymous.binding != null && anonymous.binding.superInterfaces().length > 0;
    }
}
