package dev.quarry.ingest;

import java.util.IdentityHashMap;
import org.eclipse.jdt.internal.compiler.lookup.ArrayBinding;
import org.eclipse.jdt.internal.compiler.lookup.LookupEnvironment;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.Substitution;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.eclipse.jdt.internal.compiler.lookup.TypeVariableBinding;
import org.jspecify.annotations.Nullable;

/**
 * What a method gives that was chosen in the compiler's place: its type variables are what its arguments say where that is
 * simple, and unknown elsewhere.
 */
final class ResultTypes {
    private final IdentityHashMap<TypeVariableBinding, TypeBinding> known = new IdentityHashMap<>();
    private final MethodBinding method;
    private final LookupEnvironment environment;

    private ResultTypes(MethodBinding method, LookupEnvironment environment) {
        this.method = method;
        this.environment = environment;
    }

    /** The type of a call's value, given what its arguments are, as far as that is known; null where nothing tells it. */
    static @Nullable TypeBinding of(
            MethodBinding method, @Nullable TypeBinding[] arguments, LookupEnvironment environment) {
        ResultTypes types = new ResultTypes(method, environment);
        if (method.returnType == null || method.original().typeVariables.length == 0) {
            return method.returnType;
        }
        for (int i = 0; i < Math.min(arguments.length, method.parameters.length); i++) {
            TypeBinding argument = arguments[i];
            if (argument != null
                    && argument.id != TypeIds.T_null
                    && !Bindings.isMissing(argument.leafComponentType())) {
                types.learn(method.parameters[i], argument);
            }
        }
        return types.result();
    }

    private @Nullable TypeBinding result() {
        if (isUnknown(method.returnType.leafComponentType())) {
            return null;
        }
        return Scope.substitute(
                new Substitution() {
                    @Override
                    public TypeBinding substitute(TypeVariableBinding variable) {
                        return known.getOrDefault(variable, variable);
                    }

                    @Override
                    public LookupEnvironment environment() {
                        return environment;
                    }

                    @Override
                    public boolean isRawSubstitution() {
                        return false;
                    }
                },
                method.returnType);
    }

    /** Whether this is a variable of the method that no argument tells and that may be any type. */
    private boolean isUnknown(TypeBinding type) {
        return type instanceof TypeVariableBinding variable
                && isOwn(variable)
                && !known.containsKey(variable)
                && variable.erasure().id == TypeIds.T_JavaLangObject;
    }

    private boolean isOwn(TypeVariableBinding variable) {
        return Identity.same(variable.declaringElement, method.original());
    }

    private void learn(TypeBinding parameter, TypeBinding argument) {
        if (parameter instanceof TypeVariableBinding variable && isOwn(variable)) {
            TypeBinding given = argument.isBaseType() ? environment.computeBoxingType(argument) : argument;
            known.merge(variable, given, (one, other) -> one.isCompatibleWith(other) ? other : one);
        } else if (parameter instanceof ArrayBinding wanted && argument instanceof ArrayBinding given) {
            learn(wanted.elementsType(), given.elementsType());
        } else if (parameter instanceof ParameterizedTypeBinding wanted
                && wanted.arguments != null
                && argument instanceof ReferenceBinding given
                && given.findSuperTypeOriginatingFrom(wanted.original()) instanceof ParameterizedTypeBinding above
                && above.arguments != null) {
            for (int i = 0; i < wanted.arguments.length; i++) {
                if (wanted.arguments[i] instanceof TypeVariableBinding && !above.arguments[i].isWildcard()) {
                    learn(wanted.arguments[i], above.arguments[i]);
                }
            }
        }
    }
}
