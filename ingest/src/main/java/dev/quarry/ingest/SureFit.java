package dev.quarry.ingest;

import dev.quarry.ingest.ExpressionTypes.Typed;
import java.util.List;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.eclipse.jdt.internal.compiler.lookup.TypeVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.WildcardBinding;
import org.jspecify.annotations.Nullable;

/** Whether an argument whose class fits a parameter's does so with all type arguments. */
final class SureFit {
    private final TypeNames names;
    private final ImportMap imports;

    SureFit(TypeNames names, ImportMap imports) {
        this.names = names;
        this.imports = imports;
    }

    /** Whether a parameter has the same type in all of these methods: then it decides nothing between them. */
    static boolean isSame(List<MethodBinding> methods, int index) {
        TypeBinding[] first = methods.getFirst().original().parameters;
        for (MethodBinding method : methods) {
            TypeBinding[] parameters = method.original().parameters;
            if (index >= first.length
                    || index >= parameters.length
                    || !CharOperation.equals(first[index].readableName(), parameters[index].readableName())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a method may be named at a place; everywhere, where the place is not known. */
    static boolean isVisible(MethodBinding method, @Nullable BlockScope scope) {
        ReferenceBinding owner = method.declaringClass;
        SourceTypeBinding here = scope == null ? null : scope.enclosingSourceType();
        if (here == null || owner == null) {
            return true;
        }
        if (method.isPrivate()) {
            return Identity.same(owner.outermostEnclosingType(), here.outermostEnclosingType());
        }
        return !method.isDefault() || Identity.same(owner.getPackage(), here.getPackage());
    }

    /** Whether a type is below more than its erasure tells. */
    static boolean isBounded(TypeBinding type) {
        return type.leafComponentType().isTypeVariable() || type.isIntersectionType18() || type.isIntersectionType();
    }

    /** Whether a function fits a parameter, given that its text does, and whether it is known to have a value. */
    static boolean isSure(
            FunctionalExpression function, TypeBinding parameter, boolean known, @Nullable BlockScope scope) {
        MethodBinding descriptor = FunctionShapes.descriptor(parameter, scope);
        return descriptor != null
                && FunctionShapes.isTyped(function)
                && (FunctionShapes.isVoid(descriptor)
                        || (known && descriptor.original().returnType.isTypeVariable()));
    }

    /** Whether an argument of this type fits the parameter of a method, given that its class does. */
    boolean isSure(Typed argument, MethodBinding method, int index) {
        TypeBinding parameter = method.original().parameters[index];
        TypeBinding type = argument.type();
        if (type == null) {
            return false;
        }
        TypeBinding leaf = parameter.leafComponentType();
        if (type.id == TypeIds.T_null
                || ((leaf.tagBits & TagBits.HasTypeVariable) == 0 && !leaf.isParameterizedType())) {
            return true;
        }
        if (leaf instanceof TypeVariableBinding variable) {
            return !parameter.isArrayType()
                    && variable.erasure().id == TypeIds.T_JavaLangObject
                    && Identity.same(variable.declaringElement, method.original())
                    && isOnlyOne(method.original().parameters, index);
        }
        return !parameter.isArrayType()
                && parameter instanceof ParameterizedTypeBinding wanted
                && takes(argument, wanted, method);
    }

    private static boolean isOnlyOne(TypeBinding[] parameters, int index) {
        for (int i = 0; i < parameters.length; i++) {
            if (i != index && (parameters[i].tagBits & TagBits.HasTypeVariable) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean takes(Typed argument, ParameterizedTypeBinding wanted, MethodBinding method) {
        TypeBinding given = argument.type() == null ? null : argument.type().findSuperTypeOriginatingFrom(wanted);
        if (given == null || wanted.arguments == null) {
            return false;
        }
        if (given.isRawType()) {
            return true;
        }
        TypeBinding[] arguments = given instanceof ParameterizedTypeBinding above ? above.arguments : null;
        for (int i = 0; i < wanted.arguments.length; i++) {
            TypeBinding each = wanted.arguments[i];
            boolean any = each instanceof WildcardBinding wildcard && wildcard.bound == null;
            if (!any && (arguments == null || !isEqual(arguments[i], argument.context(), each, method))) {
                return false;
            }
        }
        return true;
    }

    private boolean isEqual(TypeBinding given, @Nullable ImportMap context, TypeBinding wanted, MethodBinding method) {
        if (Identity.same(given, wanted)) {
            return true;
        }
        ImportMap declared = names.contextOf(method.original().declaringClass);
        return isPlain(given)
                && isPlain(wanted)
                && names.erasedName(given, context)
                        .equals(names.erasedName(wanted, declared == null ? imports : declared));
    }

    private static boolean isPlain(TypeBinding type) {
        return type instanceof ReferenceBinding
                && !type.isParameterizedType()
                && !type.isTypeVariable()
                && !type.isWildcard();
    }
}
