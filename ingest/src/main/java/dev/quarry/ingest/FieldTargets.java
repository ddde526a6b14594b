package dev.quarry.ingest;

import dev.quarry.ingest.ExpressionTypes.Typed;
import dev.quarry.ingest.ReceiverTypes.Owner;
import dev.quarry.schema.UnresolvedReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemFieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.VariableBinding;
import org.jspecify.annotations.Nullable;

/**
 * What accesses to fields lead to.
 *
 * <p>The compiler binds no field of an expression whose type has to do with a missing one. Such a field is looked up in
 * what is known of that type; a missing type has each field that it is asked for.
 */
final class FieldTargets {
    /**
     * A field that a part of a name stands for.
     *
     * @param index of the part
     */
    record Segment(Target target, int index) {}

    /** A field and the type of its value. */
    private record Found(Target target, Typed type) {}

    private final Bindings bindings;
    private final ImportMap imports;
    private final ReceiverTypes receivers;
    private final ExpressionTypes types;
    private final HiddenFields hidden;

    FieldTargets(Bindings bindings, ImportMap imports, ReceiverTypes receivers, ExpressionTypes types) {
        this.bindings = bindings;
        this.imports = imports;
        this.receivers = receivers;
        this.types = types;
        this.hidden = new HiddenFields(new MissingSupertypes(bindings.names()));
    }

    /** Whether an expression is the name of a field, or begins with it, that could be that of a missing type. */
    boolean mayBeAnother(Expression expression, @Nullable BlockScope scope) {
        return hidden.mayMatter(expression, scope);
    }

    /** The node of a field that is read or written; null where it has none. */
    @Nullable
    Target of(FieldBinding field) {
        if (field.isValidBinding()) {
            return bindings.field(field);
        }
        if (field instanceof ProblemFieldBinding problem) {
            if (problem.closestMatch != null) {
                return bindings.field(problem.closestMatch);
            }
            Owner owner = receivers.ofHierarchy(problem.declaringClass);
            if (!owner.name().isEmpty()) {
                return leaf(owner, problem.name);
            }
        }
        return null;
    }

    /** The field of an expression for which the compiler has nothing; null where nothing tells it. */
    @Nullable
    Target of(FieldReference reference) {
        Found found = member(typeOf(reference.receiver), reference.token);
        return found == null ? null : found.target();
    }

    /** The fields in a name that begins with a variable, as far as the compiler has nothing for them. */
    List<Segment> rest(QualifiedNameReference reference) {
        if (!(reference.binding instanceof VariableBinding variable) || !variable.isValidBinding()) {
            return List.of();
        }
        Typed type = types.ofVariable(variable);
        int index = Math.max(reference.indexOfFirstFieldBinding, 1);
        FieldBinding[] bound = reference.otherBindings == null ? new FieldBinding[0] : reference.otherBindings;
        for (int i = 0; i < bound.length && bound[i] != null; i++) {
            if (!bound[i].isValidBinding()) {
                return List.of();
            }
            type = types.ofField(bound[i]);
            index++;
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = index; i < reference.tokens.length; i++) {
            Found found = member(type, reference.tokens[i]);
            if (found == null) {
                break;
            }
            segments.add(new Segment(found.target(), i));
            type = found.type();
        }
        return segments;
    }

    private Typed typeOf(Expression expression) {
        if (expression instanceof FieldReference reference && reference.binding == null) {
            Found found = member(typeOf(reference.receiver), reference.token);
            return found == null ? new Typed(null, imports) : found.type();
        }
        return types.of(expression);
    }

    private @Nullable Found member(Typed owner, char[] name) {
        TypeBinding type = owner.type();
        if (type == null || type.isArrayType() || !(type.erasure() instanceof ReferenceBinding known)) {
            return null;
        }
        boolean missing = Bindings.isMissing(known);
        FieldBinding field = missing ? null : declared(known, name, new HashSet<>());
        if (field != null) {
            Target target = bindings.field(field);
            return target == null ? null : new Found(target, types.ofField(field));
        }
        Owner above = missing ? receivers.of(known, owner.context()) : receivers.ofHierarchy(known);
        return above.missing() ? new Found(leaf(above, name), new Typed(null, imports)) : null;
    }

    /** The field of this name that a type has, or inherits from what is known. */
    private static @Nullable FieldBinding declared(ReferenceBinding type, char[] name, Set<ReferenceBinding> seen) {
        if (Bindings.isMissing(type) || !seen.add(type)) {
            return null;
        }
        FieldBinding field = type.getField(name, true);
        if (field == null && type.superclass() != null) {
            field = declared(type.superclass(), name, seen);
        }
        for (ReferenceBinding next : type.superInterfaces()) {
            field = field == null ? declared(next, name, seen) : field;
        }
        return field;
    }

    /**
     * The field that a name which the compiler knows nothing of begins with, or that it is of a missing type.
     *
     * @param isReceiver whether the name stands before a method's, so that it may be that of a type
     * @param scope where the name stands; null if it may be that of a variable which the compiler does not know
     * @return null if the name says no such thing
     */
    @Nullable
    Segment unknown(char[][] tokens, boolean isReceiver, @Nullable BlockScope scope) {
        int type = 0;
        while (type < tokens.length && !Character.isUpperCase(tokens[type][0])) {
            type++;
        }
        boolean variable = type == tokens.length || (type == 0 && !mayBeType(tokens[0]));
        if (tokens.length == 1 || variable) {
            Owner owner = receivers.ofStaticImport(tokens[0]);
            if (owner.name().isEmpty() && variable) {
                owner = inherited(scope);
            }
            if (!owner.name().isEmpty()) {
                return new Segment(leaf(owner, tokens[0]), 0);
            }
        }
        while (type + 2 < tokens.length && ImportMap.isTypeLike(tokens[type + 1])) {
            type++;
        }
        boolean isType = isReceiver && type + 2 == tokens.length && ImportMap.isTypeLike(tokens[type + 1]);
        if (type + 1 >= tokens.length || isType) {
            return null;
        }
        String owner = bindings.names().missingName(Arrays.copyOf(tokens, type + 1), imports);
        return new Segment(leaf(Owner.missing(owner), tokens[type + 1]), type + 1);
    }

    private boolean mayBeType(char[] name) {
        return ImportMap.isTypeLike(name) || imports.single().containsKey(CharOperation.charToString(name));
    }

    /** The missing supertype of the innermost class that has one: what nothing else declares must come from it. */
    private Owner inherited(@Nullable BlockScope scope) {
        if (scope == null) {
            return Owner.UNKNOWN;
        }
        for (ReferenceBinding type = scope.enclosingSourceType(); type != null; type = type.enclosingType()) {
            Owner owner = receivers.ofHierarchy(type);
            if (owner.missing()) {
                return owner;
            }
        }
        return Owner.UNKNOWN;
    }

    private Target leaf(Owner owner, char[] name) {
        UnresolvedReason reason = owner.missing() ? UnresolvedReason.MISSING_TYPE : UnresolvedReason.NO_SUCH_MEMBER;
        return bindings.unresolved(owner.name(), new String(name), reason);
    }
}
