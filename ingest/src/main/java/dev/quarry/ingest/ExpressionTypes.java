package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ArrayReference;
import org.eclipse.jdt.internal.compiler.ast.Assignment;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ConditionalExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.OperatorExpression;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.SwitchExpression;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.UnionTypeReference;
import org.eclipse.jdt.internal.compiler.lookup.ArrayBinding;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ParameterizedTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.PolyTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.eclipse.jdt.internal.compiler.lookup.VariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.WildcardBinding;
import org.jspecify.annotations.Nullable;

/** The types of expressions, also of those that the compiler gave up on. For one file. */
final class ExpressionTypes {
    /**
     * A type.
     *
     * @param type null where nothing is known
     * @param context the imports of the file that names the type
     */
    record Typed(@Nullable TypeBinding type, @Nullable ImportMap context) {}

    private final TypeNames names;
    private final ImportMap imports;
    private final IdentityHashMap<MessageSend, MethodBinding> chosen = new IdentityHashMap<>();
    /** What calls give of which the compiler knows nothing. */
    private final IdentityHashMap<MessageSend, Optional<TypeBinding>> results = new IdentityHashMap<>();
    /** What the variables of loops that name no type go through. */
    private final IdentityHashMap<LocalVariableBinding, Expression> iterated = new IdentityHashMap<>();
    /** Whether variables were given up: each may be the value of the next one. */
    private final IdentityHashMap<LocalVariableBinding, Boolean> givenUp = new IdentityHashMap<>();

    ExpressionTypes(TypeNames names, ImportMap imports) {
        this.names = names;
        this.imports = imports;
    }

    /** Notes which method a call names, where the compiler says otherwise or nothing. */
    void choose(MessageSend send, MethodBinding method) {
        chosen.put(send, method);
    }

    /** The same, where only that place can tell what the call gives; null if even it cannot. */
    void choose(MessageSend send, MethodBinding method, @Nullable TypeBinding result) {
        chosen.put(send, method);
        results.put(send, Optional.ofNullable(result));
    }

    @Nullable
    MethodBinding chosen(MessageSend send) {
        return chosen.get(send);
    }

    /** Notes what the variable of a loop goes through; to be told before the loop's body is looked at. */
    void iterates(LocalVariableBinding variable, Expression collection) {
        iterated.put(variable, collection);
    }

    /**
     * Whether an expression is a variable whose type the compiler was to infer from something unknown, or of one of several
     * types some of which are unknown: it then says {@code Object}, which means nothing.
     */
    boolean isGivenUp(@Nullable Expression expression) {
        return expression instanceof SingleNameReference name
                && name.binding instanceof LocalVariableBinding local
                && local.declaration != null
                && (isUnknownUnion(local.declaration.type) || (isInferred(local) && isGivenUp(local)));
    }

    /** Whether a variable catches one of several exceptions of which not all are known. */
    private static boolean isUnknownUnion(@Nullable TypeReference type) {
        if (type instanceof UnionTypeReference union) {
            for (TypeReference each : union.typeReferences) {
                if (each.resolvedType == null || Bindings.isMissing(each.resolvedType)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isGivenUp(LocalVariableBinding local) {
        Boolean known = givenUp.get(local);
        if (known == null) {
            known = isUnknownValue(local.declaration.initialization) || isUnknownCollection(iterated.get(local));
            givenUp.put(local, known);
        }
        return known;
    }

    private boolean isUnknownValue(@Nullable Expression value) {
        return value != null && (value.resolvedType == null || isGivenUp(value));
    }

    private static boolean isUnknownCollection(@Nullable Expression collection) {
        return collection != null
                && (collection.resolvedType == null || (collection.resolvedType.tagBits & TagBits.HasMissingType) != 0);
    }

    private static boolean isInferred(LocalVariableBinding local) {
        return local.declaration.type == null || local.declaration.type.isTypeNameVar(null);
    }

    /** The type of an expression. */
    Typed of(Expression expression) {
        Typed named = ofNamed(expression);
        boolean isKnown = named.type() != null && !(named.type() instanceof PolyTypeBinding);
        if (isKnown || isGivenUp(expression)) {
            return named;
        }
        TypeBinding bound = expression.resolvedType;
        return new Typed(bound instanceof PolyTypeBinding ? null : bound, imports);
    }

    private Typed ofNamed(Expression expression) {
        return switch (expression) {
            case MessageSend send -> ofCall(send);
            case SingleNameReference name -> ofVariable(name.binding);
            case QualifiedNameReference name -> ofQualifiedName(name);
            case FieldReference reference when reference.binding != null -> ofField(reference.binding);
            case CastExpression cast -> ofText(cast.type);
            case AllocationExpression allocation when allocation.type != null -> ofText(allocation.type);
            case ArrayReference element when element.resolvedType == null -> elementOf(of(element.receiver));
            case OperatorExpression test
            when test.resolvedType == null && OperatorTypes.isTest(test) -> new Typed(TypeBinding.BOOLEAN, imports);
            case Assignment assignment -> of(assignment.lhs);
            case OperatorExpression operation
            when operation.resolvedType == null && !(operation instanceof ConditionalExpression) ->
                ofOperation(operation);
            case ConditionalExpression choice when choice.resolvedType == null -> ofChoice(choice);
            case SwitchExpression choice when choice.resolvedType == null -> ofChoice(choice);
            default -> new Typed(null, imports);
        };
    }

    private Typed ofOperation(OperatorExpression operation) {
        List<@Nullable TypeBinding> types = new ArrayList<>();
        OperatorTypes.parts(operation).forEach(part -> types.add(of(part).type()));
        return new Typed(types.isEmpty() ? null : OperatorTypes.of(operation, types), imports);
    }

    private Typed ofChoice(Expression choice) {
        List<Expression> values = OperatorTypes.parts(choice);
        Typed type = values.isEmpty() ? new Typed(null, imports) : of(values.getFirst());
        for (Expression value : values) {
            Typed next = of(value);
            TypeBinding common = OperatorTypes.either(type.type(), next.type());
            type = new Typed(common, Identity.same(common, next.type()) ? next.context() : type.context());
        }
        return type;
    }

    /** The type of an array's elements, and of what a collection iterates over. */
    private Typed elementOf(Typed collection) {
        TypeBinding element = switch (collection.type()) {
            case ArrayBinding array -> array.elementsType();
            case ReferenceBinding type
            when type.findSuperTypeOriginatingFrom(TypeIds.T_JavaLangIterable, false)
                            instanceof ParameterizedTypeBinding iterable
                    && iterable.arguments != null -> iterable.arguments[0];
            case null, default -> null;
        };
        return new Typed(element instanceof WildcardBinding wildcard ? wildcard.bound : element, collection.context());
    }

    /**
     * A method as the type of a call's receiver has it, with that type's arguments: the compiler looks into no type that
     * has a missing one among them.
     */
    MethodBinding ofReceiver(MessageSend send, MethodBinding method) {
        return !send.receiver.isImplicitThis() && of(send.receiver).type() instanceof ReferenceBinding type
                ? asMemberOf(type, method)
                : method;
    }

    /** A method as this type has it, with the type's arguments in place of the variables of the method's class. */
    static MethodBinding asMemberOf(ReferenceBinding type, MethodBinding method) {
        MethodBinding original = method.original();
        if (type.findSuperTypeOriginatingFrom(original.declaringClass) instanceof ParameterizedTypeBinding above
                && !above.isRawType()) {
            for (MethodBinding each : above.getMethods(method.selector)) {
                if (Identity.same(each.original(), original)) {
                    return each;
                }
            }
        }
        return method;
    }

    private Typed ofText(TypeReference written) {
        TypeBinding type = written.resolvedType;
        if (type instanceof ProblemReferenceBinding problem && problem.closestMatch() != null) {
            type = problem.closestMatch();
        }
        return new Typed(type, imports);
    }

    private Typed ofCall(MessageSend send) {
        MethodBinding method = chosen.get(send);
        if (method == null) {
            method = send.binding;
        }
        if (method instanceof ProblemMethodBinding problem) {
            method = problem.closestMatch;
        }
        if (method == null) {
            return new Typed(null, imports);
        }
        Optional<TypeBinding> told = results.get(send);
        if (told != null) {
            return declared(told.orElse(null), method);
        }
        return declared(send.resolvedType == null ? method.returnType : send.resolvedType, method);
    }

    private Typed declared(@Nullable TypeBinding type, MethodBinding method) {
        TypeBinding original = method.original().returnType;
        boolean inferred = original == null || original.leafComponentType().isTypeVariable();
        return new Typed(type, inferred ? imports : contextOf(method.original().declaringClass));
    }

    private Typed ofQualifiedName(QualifiedNameReference name) {
        FieldBinding[] others = name.otherBindings;
        int fields = others == null ? 0 : others.length;
        if (name.binding instanceof VariableBinding && fields < name.tokens.length - name.indexOfFirstFieldBinding) {
            return new Typed(null, imports); // a field of what is missing
        }
        if (others != null && others.length > 0) {
            FieldBinding last = others[others.length - 1];
            return last == null ? new Typed(null, imports) : ofField(last);
        }
        return ofVariable(name.binding);
    }

    /** The type of a variable; nothing is known of what is none. */
    Typed ofVariable(@Nullable Binding binding) {
        return switch (binding) {
            case LocalVariableBinding local when local.isValidBinding() -> ofLocal(local);
            case FieldBinding field when field.isValidBinding() -> ofField(field);
            case null, default -> new Typed(null, imports);
        };
    }

    private Typed ofLocal(LocalVariableBinding local) {
        if (local.declaration != null && isUnknownUnion(local.declaration.type)) {
            return new Typed(null, imports);
        }
        if (local.declaration != null && isInferred(local)) {
            Expression value = local.declaration.initialization;
            Expression collection = iterated.get(local);
            if (value != null && (local.type == null || Bindings.isMissing(local.type) || isUnknownValue(value))) {
                return of(value);
            }
            if (collection != null && isUnknownCollection(collection)) {
                return elementOf(of(collection));
            }
        }
        return new Typed(local.type, imports);
    }

    /** The type of a field's value. */
    Typed ofField(FieldBinding field) {
        TypeBinding original = field.original().type;
        boolean inferred = original == null || original.leafComponentType().isTypeVariable();
        return new Typed(field.type, inferred ? imports : contextOf(field.original().declaringClass));
    }

    private @Nullable ImportMap contextOf(@Nullable ReferenceBinding owner) {
        ImportMap context = names.contextOf(owner);
        return context == null ? imports : context;
    }
}
