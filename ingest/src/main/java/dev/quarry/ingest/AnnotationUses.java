package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeKind;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.ArrayInitializer;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ClassLiteralAccess;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.MarkerAnnotation;
import org.eclipse.jdt.internal.compiler.ast.MemberValuePair;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.NormalAnnotation;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleMemberAnnotation;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of one file, and what their values name, as edges of the declaration that they stand at or in.
 *
 * <p>A value is a constant: no code takes it, so that the declaration itself reads what it names.
 */
final class AnnotationUses extends ASTVisitor implements FieldAccesses.Code {
    private static final Set<String> PLAIN =
            Set.of("Target", "Retention", "Documented", "Inherited", "Repeatable", "Native", "Deprecated");

    private final FileGraph graph;
    private final TypeUses types;
    private final FieldAccesses fields;
    private EdgeSet from = new EdgeSet();
    private @Nullable BlockScope scope;

    AnnotationUses(FileGraph graph, Bindings bindings, TypeUses types, ImportMap imports) {
        this.graph = graph;
        this.types = types;
        ExpressionTypes expressions = new ExpressionTypes(bindings.names(), imports);
        ReceiverTypes receivers = new ReceiverTypes(bindings, imports, expressions);
        this.fields =
                new FieldAccesses(new FieldTargets(bindings, imports, receivers, expressions), bindings, imports, this);
    }

    /** Notes where the annotations that follow stand; gives where those before stood. */
    @Nullable
    BlockScope inside(@Nullable BlockScope inner) {
        BlockScope outer = scope;
        scope = inner;
        return outer;
    }

    /** Adds annotations with the role that {@link EdgeKind#ANNOTATED_BY} has for their place; null stands for none. */
    void add(Annotation @Nullable [] annotations, String role, EdgeSet edges) {
        if (annotations == null) {
            return;
        }
        for (Annotation annotation : annotations) {
            if (annotation != null) {
                add(annotation, role, edges);
            }
        }
    }

    private void add(Annotation annotation, String role, EdgeSet edges) {
        resolve(annotation);
        Target target = types.targetOf(annotation.type);
        if (target != null) {
            int site = graph.site(annotation.sourceStart);
            edges.add(EdgeKind.ANNOTATED_BY, role, target.id(), Found.COMPILER, site, written(annotation));
            if (target.kind() == NodeKind.ANNOTATION && mayBeComposed(annotation.type.resolvedType)) {
                graph.notes().composed.add(target.id());
            }
        }
        for (MemberValuePair pair : annotation.memberValuePairs()) {
            value(pair.value, edges);
        }
    }

    /** Whether more than the language's own annotations stands at an annotation type, as its text has it. */
    private static boolean mayBeComposed(@Nullable TypeBinding type) {
        if (!(type instanceof SourceTypeBinding source) || source.scope == null) {
            return true;
        }
        Annotation[] written = source.scope.referenceContext.annotations;
        return written != null
                && Stream.of(written)
                        .map(each -> new String(each.type.getLastToken()))
                        .anyMatch(name -> !PLAIN.contains(name));
    }

    /** Adds the annotations that stand in a type's name, those of its arguments left out. */
    void ofType(TypeReference reference, EdgeSet edges) {
        addAll(reference.annotations, edges);
        addAll(reference.getAnnotationsOnDimensions(), edges);
    }

    /** Adds annotations of types, by parts of the name or by dimensions; null stands for none. */
    void addAll(Annotation @Nullable [] @Nullable [] annotations, EdgeSet edges) {
        if (annotations != null) {
            for (Annotation[] part : annotations) {
                add(part, "type", edges);
            }
        }
    }

    /** Adds what a value of an annotation names. */
    void value(@Nullable Expression value, EdgeSet edges) {
        if (value instanceof ArrayInitializer array) {
            for (Expression element : array.expressions == null ? new Expression[0] : array.expressions) {
                value(element, edges);
            }
        } else if (value instanceof Annotation annotation) {
            add(annotation, "value", edges);
        } else if (value != null) {
            resolve(value);
            EdgeSet outer = from;
            from = edges;
            value.traverse(this, scope);
            from = outer;
        }
    }

    /** The compiler leaves the values of annotations unresolved whose type is missing; so they are resolved here. */
    private void resolve(Expression expression) {
        BlockScope around = scope;
        if (expression.constant == null && expression.resolvedType == null && around != null) {
            try {
                InferenceLimit.counted(around, () -> expression.resolveType(around));
            } catch (RuntimeException _) {
                // what the compiler cannot resolve here is known by its name alone
            }
        }
    }

    /** What stands between the parentheses. */
    private String written(Annotation annotation) {
        String text = graph.text();
        int begin = annotation.type.sourceEnd + 1;
        int end = Math.min(annotation.declarationSourceEnd + 1, text.length());
        if (begin >= end) {
            return "";
        }
        String values = LineEnds.plain(text.substring(begin, end).strip());
        return values.length() > 1 && values.startsWith("(") && values.endsWith(")")
                ? values.substring(1, values.length() - 1).strip()
                : "";
    }

    // What a value consists of

    @Override
    public boolean visit(SingleNameReference reference, BlockScope around) {
        fields.read(reference, around);
        return true;
    }

    @Override
    public boolean visit(QualifiedNameReference reference, BlockScope around) {
        fields.read(reference, around);
        return true;
    }

    @Override
    public boolean visit(FieldReference reference, BlockScope around) {
        fields.read(reference);
        return true;
    }

    @Override
    public boolean visit(ClassLiteralAccess literal, BlockScope around) {
        types.add(literal.type, "class", from);
        return false;
    }

    @Override
    public boolean visit(CastExpression cast, BlockScope around) {
        types.add(cast.type, "cast", from);
        return true;
    }

    @Override
    public boolean visit(NormalAnnotation annotation, BlockScope around) {
        add(annotation, "value", from);
        return false;
    }

    @Override
    public boolean visit(SingleMemberAnnotation annotation, BlockScope around) {
        add(annotation, "value", from);
        return false;
    }

    @Override
    public boolean visit(MarkerAnnotation annotation, BlockScope around) {
        add(annotation, "value", from);
        return false;
    }

    @Override
    public boolean visit(LambdaExpression lambda, BlockScope around) {
        return false; // no value is code
    }

    @Override
    public boolean visit(TypeDeclaration type, BlockScope around) {
        return false; // no value is code
    }

    @Override
    public void access(Expression reference, boolean isWhole, Target field, Found found, int offset) {
        from.add(EdgeKind.READS, "", field.id(), found, graph.site(offset), "");
    }

    @Override
    public void receiver(Target type, int offset) {
        from.add(EdgeKind.TYPE_USE, "receiver", type.id(), Found.COMPILER, graph.site(offset), "");
    }

    @Override
    public boolean isLabel(NameReference reference) {
        return false;
    }

    @Override
    public boolean isReceiver(NameReference reference) {
        return false;
    }

    @Override
    public @Nullable BlockScope sure(@Nullable BlockScope around) {
        return around;
    }
}
