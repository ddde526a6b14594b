package dev.quarry.ingest;

import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.VariableBinding;
import org.jspecify.annotations.Nullable;

/** What can be said of the type that an unbound member belongs to. */
final class ReceiverTypes {
    /**
     * A type's name.
     *
     * @param name empty where nothing is known
     * @param missing whether nothing declares the type
     * @param type its binding, where something does
     */
    record Owner(String name, boolean missing, @Nullable ReferenceBinding type) {
        static final Owner UNKNOWN = new Owner("", false, null);

        static Owner missing(String name) {
            return new Owner(name, true, null);
        }
    }

    private final Bindings bindings;
    private final ImportMap imports;

    ReceiverTypes(Bindings bindings, ImportMap imports) {
        this.bindings = bindings;
        this.imports = imports;
    }

    /** The type of an expression, also where the compiler gave up on it. */
    Owner of(Expression expression) {
        Owner bound = of(expression.resolvedType);
        if (!bound.name().isEmpty()) {
            return bound;
        }
        return switch (expression) {
            case MessageSend send when send.binding != null -> ofResult(send.binding);
            case SingleNameReference name -> ofName(name.binding, new char[][] {name.token});
            case QualifiedNameReference name -> ofQualifiedName(name);
            case FieldReference reference when reference.binding != null -> of(reference.binding.type);
            case CastExpression cast -> of(cast.type);
            case AllocationExpression allocation when allocation.type != null -> of(allocation.type);
            default -> Owner.UNKNOWN;
        };
    }

    private Owner ofResult(MethodBinding method) {
        MethodBinding closest = method instanceof ProblemMethodBinding problem ? problem.closestMatch : method;
        return closest == null ? Owner.UNKNOWN : of(closest.returnType);
    }

    private Owner ofQualifiedName(QualifiedNameReference name) {
        FieldBinding[] others = name.otherBindings;
        if (others != null && others.length > 0) {
            FieldBinding last = others[others.length - 1];
            return last == null ? Owner.UNKNOWN : of(last.type);
        }
        return ofName(name.binding, name.tokens);
    }

    private Owner ofName(@Nullable Binding binding, char[][] segments) {
        if (binding instanceof VariableBinding variable && binding.isValidBinding()) {
            return of(variable.type);
        }
        if (binding instanceof TypeBinding type && binding.isValidBinding()) {
            return of(type);
        }
        boolean likeType = Character.isUpperCase(segments[segments.length - 1][0]);
        return likeType ? Owner.missing(bindings.names().missingName(segments, imports)) : Owner.UNKNOWN;
    }

    /** The type that a text names. */
    Owner of(TypeReference written) {
        Owner bound = of(written.resolvedType);
        if (!bound.name().isEmpty() && !bound.missing()) {
            return bound;
        }
        return Owner.missing(bindings.names().missingName(written.getTypeName(), imports));
    }

    /** The class or interface of a binding; for a class with a missing superclass that superclass. */
    Owner ofHierarchy(@Nullable TypeBinding type) {
        if (type instanceof ReferenceBinding start) {
            for (ReferenceBinding next = start; next != null; next = next.superclass()) {
                if (Bindings.isMissing(next)) {
                    ImportMap context = bindings.names().contextOf(start);
                    return Owner.missing(bindings.names().binaryName(next, context == null ? imports : context));
                }
            }
        }
        return of(type);
    }

    /** The class or interface of a binding. */
    Owner of(@Nullable TypeBinding type) {
        if (type == null || !(type.leafComponentType() instanceof ReferenceBinding reference)) {
            return Owner.UNKNOWN;
        }
        if (Bindings.isMissing(reference)) {
            return Owner.missing(bindings.names().binaryName(reference, imports));
        }
        if (reference.erasure() instanceof ReferenceBinding named && !Bindings.isUnnamed(named)) {
            return Bindings.isMissing(named)
                    ? Owner.missing(bindings.names().binaryName(named, imports))
                    : new Owner(bindings.names().binaryName(named, imports), false, named);
        }
        return Owner.UNKNOWN;
    }

    /** The type whose static member an import makes visible under this name. */
    Owner ofStaticImport(char[] name) {
        String member = imports.members().get(CharOperation.charToString(name));
        return member == null ? Owner.UNKNOWN : Owner.missing(member.substring(0, member.indexOf('#')));
    }
}
