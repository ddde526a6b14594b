package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ast.ConstructorDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.Statement;
import org.jspecify.annotations.Nullable;

/** Questions about the statements of a body. */
final class Statements {
    private Statements() {}

    /** Whether a constructor leaves the initializers of fields to another one, by {@code this(...)}. */
    static boolean callsThis(ConstructorDeclaration constructor) {
        if (isThis(constructor.constructorCall)) {
            return true;
        }
        if (constructor.statements != null) {
            for (Statement statement : constructor.statements) {
                if (isThis(statement)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isThis(@Nullable Statement statement) {
        return statement instanceof ExplicitConstructorCall call && call.accessMode == ExplicitConstructorCall.This;
    }

    /** Whether a statement is one of these. */
    static boolean isAmong(Statement statement, Statement @Nullable [] statements) {
        if (statements != null) {
            for (Statement other : statements) {
                if (Identity.same(other, statement)) {
                    return true;
                }
            }
        }
        return false;
    }
}
