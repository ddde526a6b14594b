package dev.quarry.ingest;

import dev.quarry.ingest.ExpressionTypes.Typed;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
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
    private final ExpressionTypes types;
    private final MissingSupertypes supertypes;

    ReceiverTypes(Bindings bindings, ImportMap imports, ExpressionTypes types) {
        this.bindings = bindings;
        this.imports = imports;
        this.types = types;
        this.supertypes = new MissingSupertypes(bindings.names());
    }

    /**
     * The type that a name stands for whatever else was bound before, or null: of a missing type that is named with its
     * package the compiler knows only if it has met the type elsewhere.
     */
    static @Nullable TypeBinding named(QualifiedNameReference name) {
        return name.binding instanceof TypeBinding type
                        && (!Bindings.isMissing(type) || CharOperation.equals(type.sourceName(), name.tokens[0]))
                ? type
                : null;
    }

    /** The class or interface that an expression is an instance of, or that it names; null where nothing declares it. */
    @Nullable
    ReferenceBinding classOf(Expression expression) {
        TypeBinding type = types.of(expression).type();
        if (type == null && expression instanceof NameReference name && name.binding instanceof TypeBinding named) {
            type = named;
        }
        if (type == null || type.isArrayType() || !(type.erasure() instanceof ReferenceBinding known)) {
            return null;
        }
        return Bindings.isMissing(known) ? null : known;
    }

    /** Whether an import makes a static member of this name visible. */
    boolean isImported(char[] name) {
        return imports.members().containsKey(CharOperation.charToString(name));
    }

    /** The type of an expression, also where the compiler gave up on it. */
    Owner of(Expression expression) {
        Typed typed = types.of(expression);
        Owner bound = of(typed.type(), typed.context());
        if (!bound.name().isEmpty() || types.isGivenUp(expression)) {
            return bound;
        }
        return switch (expression) {
            case SingleNameReference name -> ofName(name.binding, new char[][] {name.token});
            case QualifiedNameReference name when name.otherBindings == null -> ofName(name.binding, name.tokens);
            case CastExpression cast -> of(cast.type);
            case AllocationExpression allocation when allocation.type != null -> of(allocation.type);
            default -> Owner.UNKNOWN;
        };
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

    /**
     * The class or interface of a binding, to which an unknown member belongs; a missing superclass of it, which must then
     * have the member, or else its only missing supertype.
     */
    Owner ofHierarchy(@Nullable TypeBinding type) {
        if (type instanceof ReferenceBinding start) {
            ReferenceBinding above = MissingSupertypes.firstClass(start);
            if (above != null) {
                ImportMap context = bindings.names().contextOf(start);
                return Owner.missing(bindings.names().binaryName(above, context == null ? imports : context));
            }
            Set<String> missing = supertypes.of(start);
            if (missing.size() == 1) {
                return Owner.missing(missing.iterator().next());
            }
        }
        return of(type);
    }

    /** The class or interface of a binding. */
    Owner of(@Nullable TypeBinding type) {
        return of(type, imports);
    }

    /** The same, given the imports of the file that names it. */
    Owner of(@Nullable TypeBinding type, @Nullable ImportMap context) {
        if (type == null || !(type.leafComponentType() instanceof ReferenceBinding reference)) {
            return Owner.UNKNOWN;
        }
        if (Bindings.isMissing(reference)) {
            String name = bindings.names().binaryName(reference, context);
            return LateLambdas.isUnknown(name) ? Owner.UNKNOWN : Owner.missing(name);
        }
        if (reference.erasure() instanceof ReferenceBinding named && !Bindings.isUnnamed(named)) {
            return Bindings.isMissing(named)
                    ? Owner.missing(bindings.names().binaryName(named, context))
                    : new Owner(bindings.names().binaryName(named, context), false, named);
        }
        return Owner.UNKNOWN;
    }

    /** The type whose static member an import makes visible under this name. */
    Owner ofStaticImport(char[] name) {
        String member = imports.members().get(CharOperation.charToString(name));
        return member == null ? Owner.UNKNOWN : Owner.missing(member.substring(0, member.indexOf('#')));
    }
}
