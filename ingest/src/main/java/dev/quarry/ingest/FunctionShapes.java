package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.ReturnStatement;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.jspecify.annotations.Nullable;

/** Which functional interfaces lambdas and method references fit by what their text says. */
final class FunctionShapes {
    /** Whether the value of a lambda's body tells which interfaces it fits. */
    enum Value {
        NONE,
        SOME,
        UNKNOWN
    }

    /** The returns of a lambda's body, without those of the code in it that is not its own. */
    private static final class Returns extends ASTVisitor {
        private final List<Expression> values = new ArrayList<>();
        private boolean any;

        static Returns of(LambdaExpression lambda) {
            Returns returns = new Returns();
            lambda.body().traverse(returns, lambda.enclosingScope);
            return returns;
        }

        @Override
        public boolean visit(ReturnStatement statement, BlockScope scope) {
            any = true;
            if (statement.expression != null) {
                values.add(statement.expression);
            }
            return false;
        }

        @Override
        public boolean visit(LambdaExpression inner, BlockScope scope) {
            return false;
        }

        @Override
        public boolean visit(TypeDeclaration inner, BlockScope scope) {
            return false;
        }

        @Override
        public boolean visit(TypeDeclaration inner, ClassScope scope) {
            return false;
        }
    }

    private FunctionShapes() {}

    /** The expression that a lambda's body is; null where it is a block. */
    static @Nullable Expression body(FunctionalExpression function) {
        return function instanceof LambdaExpression lambda && lambda.body() instanceof Expression body ? body : null;
    }

    /**
     * Whether the compiler did not know what a function's value is, or which method is named: it then takes whatever does
     * not ask for that.
     */
    static boolean isUnknown(FunctionalExpression function) {
        if (!(function instanceof LambdaExpression lambda)) {
            return !GivenArguments.isBound(function.binding);
        }
        if (lambda.binding == null) {
            return true;
        }
        Expression body = body(lambda);
        if (body != null) {
            return isUnknownValue(body);
        }
        return Returns.of(lambda).values.stream().anyMatch(FunctionShapes::isUnknownValue);
    }

    private static boolean isUnknownValue(Expression value) {
        return !(value instanceof FunctionalExpression) && GivenArguments.isUnknown(value.resolvedType);
    }

    /** The method that a function for this type implements; null if there is none, or the place is not known. */
    static @Nullable MethodBinding descriptor(TypeBinding type, @Nullable BlockScope scope) {
        MethodBinding method = type.isInterface() && scope != null ? type.getSingleAbstractMethod(scope, true) : null;
        return method == null || !method.isValidBinding() || method.returnType == null ? null : method;
    }

    static boolean isVoid(MethodBinding descriptor) {
        return descriptor.returnType.id == TypeIds.T_void;
    }

    /** Whether a function may implement a method. */
    static boolean fits(FunctionalExpression function, MethodBinding descriptor, Value value) {
        if (!(function instanceof LambdaExpression lambda)) {
            return true;
        }
        int arity = lambda.arguments() == null ? 0 : lambda.arguments().length;
        if (descriptor.parameters.length != arity) {
            return false;
        }
        Expression body = body(lambda);
        if (body != null) {
            return isVoid(descriptor) ? body.statementExpression() : value != Value.NONE || !isTyped(lambda);
        }
        Returns returns = Returns.of(lambda);
        return isVoid(descriptor)
                ? returns.values.isEmpty()
                : !returns.values.isEmpty() || (!returns.any && lambda.body().doesNotCompleteNormally());
    }

    /** Whether a lambda names the types of its parameters, if it has any; only then does its body matter to the choice. */
    static boolean isTyped(FunctionalExpression function) {
        return function instanceof LambdaExpression lambda
                && (lambda.arguments() == null || lambda.arguments().length == 0 || !lambda.argumentsTypeElided());
    }
}
