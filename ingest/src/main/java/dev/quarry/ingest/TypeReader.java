package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.ArrayInitializer;
import org.eclipse.jdt.internal.compiler.ast.BinaryExpression;
import org.eclipse.jdt.internal.compiler.ast.ClassLiteralAccess;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MemberValuePair;
import org.eclipse.jdt.internal.compiler.ast.OperatorIds;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedSingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.Wildcard;
import org.eclipse.jdt.internal.compiler.impl.Constant;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.jspecify.annotations.Nullable;

/** Reads types and annotations out of a bound tree, also where their jars are missing. */
final class TypeReader {
    private final TypeUses types;

    TypeReader(TypeUses types) {
        this.types = types;
    }

    /** The type that the text names; null stands for none. */
    TypeName type(@Nullable TypeReference reference) {
        if (reference == null) {
            return TypeName.VOID;
        }
        if (reference instanceof Wildcard wildcard) {
            TypeName bound = wildcard.kind == Wildcard.EXTENDS ? type(wildcard.bound) : TypeName.plain("?");
            return new TypeName(bound.name(), bound.arguments(), TypeName.Form.WILDCARD);
        }
        if (reference.resolvedType != null
                && reference.resolvedType.leafComponentType().isTypeVariable()) {
            String name = new String(reference.getLastToken()) + "[]".repeat(reference.dimensions());
            return new TypeName(name, List.of(), TypeName.Form.VARIABLE);
        }
        return new TypeName(types.nameOf(reference), arguments(reference), TypeName.Form.PLAIN);
    }

    private List<TypeName> arguments(TypeReference reference) {
        TypeReference[] written = switch (reference) {
            case ParameterizedSingleTypeReference single -> single.typeArguments;
            case ParameterizedQualifiedTypeReference qualified ->
                qualified.typeArguments[qualified.typeArguments.length - 1];
            default -> null;
        };
        List<TypeName> all = new ArrayList<>();
        if (written != null) {
            for (TypeReference argument : written) {
                all.add(type(argument));
            }
        }
        return all;
    }

    /** The annotations that stand at a declaration; null stands for none. */
    List<AnnotationModel> annotations(Annotation @Nullable [] annotations, @Nullable BlockScope scope) {
        if (annotations == null) {
            return List.of();
        }
        List<AnnotationModel> all = new ArrayList<>(annotations.length);
        for (Annotation annotation : annotations) {
            all.add(annotation(annotation, scope));
        }
        return all;
    }

    private AnnotationModel annotation(Annotation annotation, @Nullable BlockScope scope) {
        Map<String, AnnotationValue> values = new LinkedHashMap<>();
        for (MemberValuePair pair : annotation.memberValuePairs()) {
            values.put(new String(pair.name), value(pair.value, scope));
        }
        return new AnnotationModel(types.nameOf(annotation.type), values);
    }

    /** A value with its constants folded. */
    AnnotationValue value(@Nullable Expression expression, @Nullable BlockScope scope) {
        return switch (expression) {
            case ArrayInitializer array -> {
                List<AnnotationValue> values = new ArrayList<>();
                if (array.expressions != null) {
                    for (Expression element : array.expressions) {
                        values.add(value(element, scope));
                    }
                }
                yield new AnnotationValue.Many(values);
            }
            case Annotation annotation -> new AnnotationValue.Nested(annotation(annotation, scope));
            case ClassLiteralAccess literal -> new AnnotationValue.ClassName(types.nameOf(literal.type));
            case null -> new AnnotationValue.Other();
            default -> constant(expression, scope);
        };
    }

    private static AnnotationValue constant(Expression expression, @Nullable BlockScope scope) {
        Constant constant = fold(expression, scope);
        if (constant != null && !Identity.same(constant, Constant.NotAConstant)) {
            return new AnnotationValue.Text(constant.stringValue());
        }
        return switch (expression) {
            case SingleNameReference name -> new AnnotationValue.Name(new String(name.token));
            case QualifiedNameReference name ->
                new AnnotationValue.Name(new String(name.tokens[name.tokens.length - 1]));
            case BinaryExpression sum
            when isSum(sum) ->
                new AnnotationValue.Text(text(constant(sum.left, scope)) + text(constant(sum.right, scope)));
            default -> new AnnotationValue.Other();
        };
    }

    private static boolean isSum(BinaryExpression expression) {
        return (expression.bits & ASTNode.OperatorMASK) >> ASTNode.OperatorSHIFT == OperatorIds.PLUS;
    }

    private static String text(AnnotationValue value) {
        return String.join("", value.texts().toList());
    }

    /** The compiler leaves the values of annotations unresolved whose type is missing; so they are resolved here. */
    private static @Nullable Constant fold(Expression expression, @Nullable BlockScope scope) {
        if (expression.constant == null && expression.resolvedType == null && scope != null) {
            try {
                expression.resolveType(scope);
            } catch (RuntimeException _) {
                return null; // what the compiler cannot resolve here has no value
            }
        }
        return expression.constant;
    }
}
