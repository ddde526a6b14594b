package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.AND_AND_Expression;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.ArrayReference;
import org.eclipse.jdt.internal.compiler.ast.BinaryExpression;
import org.eclipse.jdt.internal.compiler.ast.ConditionalExpression;
import org.eclipse.jdt.internal.compiler.ast.EqualExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.InstanceOfExpression;
import org.eclipse.jdt.internal.compiler.ast.OR_OR_Expression;
import org.eclipse.jdt.internal.compiler.ast.OperatorExpression;
import org.eclipse.jdt.internal.compiler.ast.OperatorIds;
import org.eclipse.jdt.internal.compiler.ast.SwitchExpression;
import org.eclipse.jdt.internal.compiler.ast.UnaryExpression;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.jspecify.annotations.Nullable;

/** The types of expressions that are made of others, by the types of these: the compiler says nothing if one is missing. */
final class OperatorTypes {
    private static final int BYTE = 1;
    private static final int SHORT = 2;
    private static final int CHAR = 3;
    private static final int INT = 4;

    private OperatorTypes() {}

    /** The expressions whose types tell that of this one; none if it has a type of its own. */
    static List<Expression> parts(Expression expression) {
        return switch (expression) {
            case ConditionalExpression choice -> List.of(choice.valueIfTrue, choice.valueIfFalse);
            case SwitchExpression choice -> List.copyOf(choice.resultExpressions());
            case ArrayReference element -> List.of(element.receiver);
            case OperatorExpression test when isTest(test) -> List.of();
            case BinaryExpression binary -> operands(binary);
            case UnaryExpression unary -> List.of(unary.expression);
            default -> List.of();
        };
    }

    private static List<Expression> operands(BinaryExpression expression) {
        List<BinaryExpression> operations = operations(expression);
        List<Expression> operands = new ArrayList<>();
        operands.add(operations.getFirst().left);
        operations.forEach(each -> operands.add(each.right));
        return operands;
    }

    /** An operation and those on its left side, in the order in which they are computed. */
    private static List<BinaryExpression> operations(BinaryExpression expression) {
        List<BinaryExpression> operations = new ArrayList<>();
        Expression next = expression;
        while (next instanceof BinaryExpression binary && !isTest(binary)) {
            operations.add(binary);
            next = binary.left;
        }
        return operations.reversed();
    }

    /** Whether an operator gives a boolean whatever it is applied to. */
    static boolean isTest(OperatorExpression expression) {
        return switch (expression) {
            case InstanceOfExpression _, EqualExpression _, AND_AND_Expression _, OR_OR_Expression _ -> true;
            case UnaryExpression _ -> operator(expression) == OperatorIds.NOT;
            case BinaryExpression _ ->
                switch (operator(expression)) {
                    case OperatorIds.LESS, OperatorIds.LESS_EQUAL, OperatorIds.GREATER, OperatorIds.GREATER_EQUAL ->
                        true;
                    default -> false;
                };
            default -> false;
        };
    }

    private static int operator(OperatorExpression expression) {
        return (expression.bits & ASTNode.OperatorMASK) >> ASTNode.OperatorSHIFT;
    }

    /** The type of an expression whose parts have these types, null where unknown; null where they do not tell it. */
    static @Nullable TypeBinding of(OperatorExpression expression, List<@Nullable TypeBinding> parts) {
        if (expression instanceof UnaryExpression) {
            return promoted(parts.getFirst());
        }
        return expression instanceof BinaryExpression binary ? ofOperands(binary, parts) : null;
    }

    private static @Nullable TypeBinding ofOperands(BinaryExpression expression, List<@Nullable TypeBinding> operands) {
        for (TypeBinding operand : operands) {
            if (operand != null && operand.id == TypeIds.T_JavaLangString) {
                return operand;
            }
        }
        TypeBinding type = operands.getFirst();
        List<BinaryExpression> operations = operations(expression);
        for (int i = 0; i < operations.size(); i++) {
            type = isShift(operations.get(i)) ? promoted(type) : promoted(type, operands.get(i + 1));
        }
        return type;
    }

    private static boolean isShift(BinaryExpression expression) {
        return switch (operator(expression)) {
            case OperatorIds.LEFT_SHIFT, OperatorIds.RIGHT_SHIFT, OperatorIds.UNSIGNED_RIGHT_SHIFT -> true;
            default -> false;
        };
    }

    /** The type of a choice between values; null where the types do not tell it. */
    static @Nullable TypeBinding either(@Nullable TypeBinding one, @Nullable TypeBinding other) {
        if (one == null || other == null || Identity.same(one, other)) {
            return one == null ? null : other;
        }
        if (one.id == TypeIds.T_null || other.id == TypeIds.T_null) {
            TypeBinding value = one.id == TypeIds.T_null ? other : one;
            return value.isBaseType() ? null : value;
        }
        if (rank(one) > 0 && rank(other) > 0) {
            return rank(one) < INT || rank(other) < INT ? null : promoted(one, other);
        }
        if (one.isBaseType() || other.isBaseType()) {
            return null;
        }
        if (Bindings.isMissing(one) && Bindings.isMissing(other)) {
            return CharOperation.equals(one.readableName(), other.readableName()) ? one : null;
        }
        return one.isCompatibleWith(other) ? other : other.isCompatibleWith(one) ? one : null;
    }

    private static @Nullable TypeBinding promoted(@Nullable TypeBinding type) {
        return promoted(type, TypeBinding.INT);
    }

    private static @Nullable TypeBinding promoted(@Nullable TypeBinding one, @Nullable TypeBinding other) {
        if (one == null || other == null) {
            return null;
        }
        if (isBoolean(one) && isBoolean(other)) {
            return TypeBinding.BOOLEAN;
        }
        int rank = Math.max(rank(one), rank(other));
        if (rank(one) == 0 || rank(other) == 0) {
            return null;
        }
        return switch (rank) {
            case INT + 1 -> TypeBinding.LONG;
            case INT + 2 -> TypeBinding.FLOAT;
            case INT + 3 -> TypeBinding.DOUBLE;
            default -> TypeBinding.INT;
        };
    }

    private static boolean isBoolean(TypeBinding type) {
        return type.id == TypeIds.T_boolean || type.id == TypeIds.T_JavaLangBoolean;
    }

    /** The place of a number's type in the order of widening; 0 for what is no number. */
    private static int rank(TypeBinding type) {
        return switch (type.id) {
            case TypeIds.T_byte, TypeIds.T_JavaLangByte -> BYTE;
            case TypeIds.T_short, TypeIds.T_JavaLangShort -> SHORT;
            case TypeIds.T_char, TypeIds.T_JavaLangCharacter -> CHAR;
            case TypeIds.T_int, TypeIds.T_JavaLangInteger -> INT;
            case TypeIds.T_long, TypeIds.T_JavaLangLong -> INT + 1;
            case TypeIds.T_float, TypeIds.T_JavaLangFloat -> INT + 2;
            case TypeIds.T_double, TypeIds.T_JavaLangDouble -> INT + 3;
            default -> 0;
        };
    }
}
