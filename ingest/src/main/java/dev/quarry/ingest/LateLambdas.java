package dev.quarry.ingest;

import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.ExpressionContext;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * Binds the bodies of lambdas that the compiler left alone, as it does where it cannot bind the call that takes them.
 *
 * <p>Most of what such a body calls does not depend on that call. What the lambda's parameters are is taken from the method
 * that was chosen in the compiler's place, if there is one; else their types are missing ones. All of it is a guess.
 */
final class LateLambdas {
    /** The name of a type that nothing tells. No type can have it. */
    private static final char[] UNKNOWN = {'?'};

    private static final char[][] RUNNABLE = {"java".toCharArray(), "lang".toCharArray(), "Runnable".toCharArray()};

    /** The compiler's time for lambdas in lambdas that it cannot bind grows with a power of the depth. */
    private static final int DEEPEST = 3;

    private LateLambdas() {}

    /** Whether a type's name says that nothing tells the type. */
    static boolean isUnknown(String typeName) {
        return typeName.endsWith("?");
    }

    /** Tells the lambdas among a call's arguments what the method that was chosen for it expects. */
    static void expect(Expression @Nullable [] arguments, MethodBinding method, @Nullable TypeBinding receiver) {
        if (arguments == null || method.parameters.length == 0) {
            return;
        }
        MethodBinding seen = asMemberOf(receiver, method);
        int last = seen.parameters.length - 1;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof LambdaExpression lambda && lambda.binding == null) {
                TypeBinding parameter = seen.parameters[Math.min(i, last)];
                if (seen.isVarargs() && i >= last && parameter.isArrayType()) {
                    parameter = parameter.leafComponentType();
                }
                if (parameter instanceof ReferenceBinding && !Bindings.isMissing(parameter)) {
                    lambda.setExpectedType(parameter);
                }
            }
        }
    }

    /** The method with the receiver's type arguments in place of the class's variables. */
    private static MethodBinding asMemberOf(@Nullable TypeBinding receiver, MethodBinding method) {
        if (receiver != null
                && receiver.findSuperTypeOriginatingFrom(method.original().declaringClass)
                        instanceof ParameterizedTypeBinding type) {
            for (MethodBinding member : type.getMethods(method.selector)) {
                if (Identity.same(member.original(), method.original())) {
                    return member;
                }
            }
        }
        return method;
    }

    /** Binds the body of a lambda that has been left alone; false if it has not, or if that fails. */
    static boolean bind(LambdaExpression lambda, @Nullable BlockScope scope) {
        if (lambda.binding != null || scope == null || depth(lambda) > DEEPEST) {
            return false;
        }
        lambda.setExpressionContext(ExpressionContext.ASSIGNMENT_CONTEXT);
        TypeBinding target = lambda.expectedType();
        MethodBinding function = target == null ? null : target.getSingleAbstractMethod(scope, true);
        int arity = lambda.arguments() == null ? 0 : lambda.arguments().length;
        try {
            boolean fits = function != null && function.isValidBinding() && function.parameters.length == arity;
            if (!fits) {
                lambda.setExpectedType(arity == 0 ? scope.getType(RUNNABLE, RUNNABLE.length) : null);
            }
            InferenceLimit.counted(scope, () -> {
                if (fits || arity == 0) {
                    lambda.resolveType(scope, true);
                } else {
                    lambda.resolveTypeWithBindings(parameters(lambda, scope), scope, true);
                }
            });
            return true;
        } catch (RuntimeException e) {
            // The compiler was not made for a second try; what it did not bind stays unresolved.
            lambda.setExpectedType(null);
            return false;
        }
    }

    /** Without declarations the parameters' names would be taken for those of fields. */
    private static LocalVariableBinding[] parameters(LambdaExpression lambda, BlockScope scope) {
        Argument[] parameters = lambda.arguments();
        TypeBinding unknown = scope.environment().createMissingType(null, new char[][] {UNKNOWN});
        LocalVariableBinding[] variables = new LocalVariableBinding[parameters.length];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = new LocalVariableBinding(parameters[i].name, unknown, 0, true);
        }
        return variables;
    }

    /** How many lambdas lie in each other at most. */
    private static int depth(LambdaExpression lambda) {
        int[] depth = new int[2];
        lambda.traverse(
                new ASTVisitor() {
                    @Override
                    public boolean visit(LambdaExpression inner, BlockScope scope) {
                        depth[0]++;
                        depth[1] = Math.max(depth[0], depth[1]);
                        return true;
                    }

                    @Override
                    public void endVisit(LambdaExpression inner, BlockScope scope) {
                        depth[0]--;
                    }
                },
                lambda.enclosingScope);
        return depth[1];
    }
}
