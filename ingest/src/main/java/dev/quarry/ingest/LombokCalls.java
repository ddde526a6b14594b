package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.ArrayInitializer;
import org.eclipse.jdt.internal.compiler.ast.ClassLiteralAccess;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MemberValuePair;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
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
    private final TypeNames names;
    private final Overloads overloads;
    private final ExpressionTypes types;

    /** How a method is looked for in a type. */
    private interface Lookup {
        @Nullable
        MethodBinding in(ReferenceBinding type);
    }

    LombokCalls(LombokModel model, TypeNames names, Overloads overloads, ExpressionTypes types) {
        this.model = model;
        this.names = names;
        this.overloads = overloads;
        this.types = types;
    }

    /**
     * The method that runs; null if Lombok explains none, or several. Its result is noted as the call's.
     *
     * @param receiver the type of the receiver; that of the innermost class where none is written
     */
    @Nullable
    MethodBinding find(MessageSend send, @Nullable TypeBinding receiver, @Nullable BlockScope scope) {
        if (receiver == null || scope == null || Bindings.isMissing(receiver.leafComponentType())) {
            return null;
        }
        Expression[] arguments = send.arguments == null ? new Expression[0] : send.arguments;
        @Nullable TypeBinding[] given = new TypeBinding[arguments.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = types.of(arguments[i]).type();
        }
        boolean isWritten = !send.receiver.isImplicitThis();
        MethodBinding found = null;
        for (TypeBinding next = receiver; found == null && next instanceof ReferenceBinding type; ) {
            found = delegated(type, behind -> choose(behind, send.selector, arguments, scope), 0);
            next = isWritten ? null : type.enclosingType();
        }
        if (found == null) {
            found = extension(send.selector, receiver, given, scope);
            given = found == null ? given : withReceiver(receiver, given);
        }
        if (found != null) {
            types.choose(send, found, ResultTypes.of(found, given, scope.environment()));
        }
        return found;
    }

    /** The method that a reference to a delegated one means; null if there is none, or several are named so. */
    @Nullable
    MethodBinding find(ReferenceExpression reference, @Nullable ReferenceBinding receiver) {
        return receiver == null ? null : delegated(receiver, type -> MethodLookup.only(type, reference.selector), 0);
    }

    private static @Nullable TypeBinding[] withReceiver(TypeBinding receiver, @Nullable TypeBinding[] arguments) {
        @Nullable TypeBinding[] all = new TypeBinding[arguments.length + 1];
        all[0] = receiver;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    /** The method that a call of this name means in a type, with the type's arguments in place of its variables. */
    private @Nullable MethodBinding choose(
            ReferenceBinding type, char[] selector, Expression[] arguments, BlockScope scope) {
        MethodBinding chosen =
                overloads.choose(type, selector, arguments, null, scope).method();
        return chosen == null ? null : ExpressionTypes.asMemberOf(type, chosen);
    }

    private @Nullable MethodBinding delegated(ReferenceBinding receiver, Lookup lookup, int depth) {
        for (ReferenceBinding type = receiver; type != null && depth < DEPTH_MAX; type = type.superclass()) {
            char[] name = type.isLocalType() ? null : type.erasure().constantPoolName();
            for (String member : name == null ? List.<String>of() : model.delegatesOf(new String(name))) {
                if (typeOf(type, member) instanceof ReferenceBinding behind
                        && behind.isValidBinding()
                        && !Bindings.isMissing(behind)) {
                    names.ask(behind);
                    MethodBinding found = lookup.in(behind);
                    found = found != null ? found : delegated(behind, lookup, depth + 1);
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
            char[] selector, TypeBinding receiver, @Nullable TypeBinding[] arguments, BlockScope scope) {
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

    private static boolean takes(MethodBinding method, TypeBinding receiver, @Nullable TypeBinding[] arguments) {
        if (method.parameters.length != arguments.length + 1
                || !receiver.isCompatibleWith(method.parameters[0].erasure())) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            TypeBinding given = arguments[i];
            TypeBinding wanted = method.parameters[i + 1].erasure();
            if (given != null && given.isBaseType() == wanted.isBaseType() && !given.isCompatibleWith(wanted)) {
                return false;
            }
        }
        return true;
    }

    /** The types whose static methods extend others in the classes around a place. */
    private static List<ReferenceBinding> extensions(BlockScope scope) {
        List<ReferenceBinding> types = new ArrayList<>();
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
