package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.ArrayInitializer;
import org.eclipse.jdt.internal.compiler.ast.ClassLiteralAccess;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MemberValuePair;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * Calls of methods that their receiver does not declare and that Lombok explains: {@code @Delegate} hands them on to a
 * field, {@code @ExtensionMethod} hands the receiver to a static method. They lead to the method that runs in the end.
 */
final class LombokCalls {
    private static final int DEPTH_MAX = 4;

    private final LombokModel model;
    private final Overloads overloads;

    LombokCalls(LombokModel model, Overloads overloads) {
        this.model = model;
        this.overloads = overloads;
    }

    /** The method that runs; null if Lombok explains none, or several. */
    @Nullable
    MethodBinding find(MessageSend send, ReferenceBinding receiver, BlockScope scope) {
        Expression[] arguments = send.arguments == null ? new Expression[0] : send.arguments;
        MethodBinding delegated = delegated(receiver, send.selector, arguments, scope, 0);
        return delegated != null ? delegated : extension(send.selector, receiver, arguments, scope);
    }

    private @Nullable MethodBinding delegated(
            ReferenceBinding receiver, char[] selector, Expression[] arguments, BlockScope scope, int depth) {
        for (ReferenceBinding type = receiver; type != null && depth < DEPTH_MAX; type = type.superclass()) {
            char[] name = type.erasure().constantPoolName();
            for (String member : name == null ? List.<String>of() : model.delegatesOf(new String(name))) {
                if (typeOf(type, member) instanceof ReferenceBinding behind && behind.isValidBinding()) {
                    MethodBinding found = overloads
                            .choose(behind, selector, arguments, null, scope)
                            .method();
                    found = found != null ? found : delegated(behind, selector, arguments, scope, depth + 1);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable TypeBinding typeOf(ReferenceBinding type, String member) {
        FieldBinding field = type.getField(member.toCharArray(), true);
        if (field != null) {
            return field.type;
        }
        for (MethodBinding method : type.getMethods(member.toCharArray())) {
            if (method.parameters.length == 0) {
                return method.returnType;
            }
        }
        return null;
    }

    private static @Nullable MethodBinding extension(
            char[] selector, ReferenceBinding receiver, Expression[] arguments, BlockScope scope) {
        List<MethodBinding> found = new ArrayList<>();
        for (ReferenceBinding type : extensions(scope)) {
            for (MethodBinding method : type.getMethods(selector)) {
                if (method.isStatic() && !method.isPrivate() && takes(method, receiver, arguments)) {
                    found.add(method);
                }
            }
        }
        return found.size() == 1 ? found.getFirst() : null;
    }

    private static boolean takes(MethodBinding method, ReferenceBinding receiver, Expression[] arguments) {
        if (method.parameters.length != arguments.length + 1
                || !receiver.isCompatibleWith(method.parameters[0].erasure())) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            TypeBinding given = arguments[i].resolvedType;
            TypeBinding wanted = method.parameters[i + 1].erasure();
            if (given != null && given.isBaseType() == wanted.isBaseType() && !given.isCompatibleWith(wanted)) {
                return false;
            }
        }
        return true;
    }

    /** The types whose static methods extend others in the classes around a place; code that is given up has none. */
    private static List<ReferenceBinding> extensions(@Nullable BlockScope scope) {
        List<ReferenceBinding> types = new ArrayList<>();
        if (scope == null) {
            return types;
        }
        for (ClassScope around = scope.classScope(); around != null; around = around.parent.classScope()) {
            Annotation[] annotations = around.referenceContext.annotations;
            for (Annotation annotation : annotations == null ? new Annotation[0] : annotations) {
                char[][] name = annotation.type.getTypeName();
                if (new String(name[name.length - 1]).equals("ExtensionMethod")
                        && "ExtensionMethod"
                                .equals(new LombokNames(scope.compilationUnitScope().referenceContext)
                                        .of(annotation))) {
                    add(annotation, around, types);
                }
            }
        }
        return types;
    }

    private static void add(Annotation annotation, ClassScope scope, List<ReferenceBinding> types) {
        for (MemberValuePair pair : annotation.memberValuePairs()) {
            Expression[] values = pair.value instanceof ArrayInitializer array && array.expressions != null
                    ? array.expressions
                    : new Expression[] {pair.value};
            for (Expression value : values) {
                if (value instanceof ClassLiteralAccess literal) {
                    char[][] name = literal.type.getTypeName();
                    if (scope.getType(name, name.length) instanceof ReferenceBinding type && type.isValidBinding()) {
                        types.add(type);
                    }
                }
            }
        }
    }
}
