package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.IntersectionCastTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedSingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.UnionTypeReference;
import org.eclipse.jdt.internal.compiler.ast.Wildcard;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** The types and annotations that a file's text names, as edges. */
final class TypeUses {
    private final FileGraph graph;
    private final Bindings bindings;
    private final ImportMap imports;

    TypeUses(FileGraph graph, Bindings bindings, ImportMap imports) {
        this.graph = graph;
        this.bindings = bindings;
        this.imports = imports;
    }

    /** Adds the use of a type and of its type arguments; null stands for a type that is not written. */
    void add(@Nullable TypeReference reference, String role, EdgeSet from) {
        if (reference == null || (reference.sourceStart <= 0 && reference.sourceEnd <= 0)) {
            return;
        }
        switch (reference) {
            case UnionTypeReference union -> addAll(union.typeReferences, role, from);
            case IntersectionCastTypeReference intersection -> addAll(intersection.typeReferences, role, from);
            case Wildcard wildcard -> add(wildcard.bound, role, from);
            default -> addSimple(reference, EdgeKind.TYPE_USE, role, from);
        }
    }

    /** Adds the use of each of these types; null stands for none. */
    void addAll(TypeReference @Nullable [] references, String role, EdgeSet from) {
        if (references != null) {
            for (TypeReference reference : references) {
                add(reference, role, from);
            }
        }
    }

    /** Adds an edge of another kind to a type, and the uses of its type arguments. */
    void addSupertype(TypeReference reference, EdgeKind kind, EdgeSet from) {
        addSimple(reference, kind, "", from);
    }

    private void addSimple(TypeReference reference, EdgeKind kind, String role, EdgeSet from) {
        Target target = reference.isTypeNameVar(null) ? null : targetOf(reference);
        if (target != null) {
            boolean plain = !reference.isParameterizedTypeReference() && reference.dimensions() == 0;
            Found found = Found.COMPILER;
            from.add(
                    kind, role, target.id(), found, graph.site(reference.sourceStart), plain ? "" : written(reference));
        }
        if (reference instanceof ParameterizedSingleTypeReference single) {
            addAll(single.typeArguments, "argument", from);
        } else if (reference instanceof ParameterizedQualifiedTypeReference qualified) {
            for (TypeReference[] arguments : qualified.typeArguments) {
                addAll(arguments, "argument", from);
            }
        }
    }

    private static String written(TypeReference reference) {
        return reference.toString().replaceAll("\\s+", " ").strip();
    }

    /** The node of a type that the text names; null for base types, type variables and anonymous classes. */
    @Nullable
    Target targetOf(TypeReference reference) {
        TypeBinding type = reference.resolvedType;
        if (type != null && type.leafComponentType() instanceof ReferenceBinding leaf && !Bindings.isMissing(leaf)) {
            return bindings.type(leaf, imports);
        }
        if (type != null && !(type.leafComponentType() instanceof ReferenceBinding)) {
            return null;
        }
        return bindings.missingType(bindings.names().missingName(reference.getTypeName(), imports));
    }

    /** The erased name of a type that the text names; of one that nothing declares, the whole name as written. */
    String nameOf(TypeReference reference) {
        TypeBinding type = reference.resolvedType;
        boolean missing = type == null || Bindings.isMissing(type.leafComponentType());
        return missing
                ? bindings.names().missingName(reference.getTypeName(), imports) + "[]".repeat(reference.dimensions())
                : bindings.names().erasedName(type, imports);
    }

    /** The erased parameter types of a method, also of one that the compiler refused. */
    String signature(AbstractMethodDeclaration method) {
        if (method.binding != null) {
            return bindings.names().signature(method.binding);
        }
        StringBuilder text = new StringBuilder("(");
        if (method.arguments != null) {
            for (Argument argument : method.arguments) {
                text.append(text.length() > 1 ? "," : "").append(argument.type == null ? "?" : nameOf(argument.type));
            }
        }
        return text.append(')').toString();
    }

    /** Adds the annotations that stand at a declaration; null stands for none. */
    void annotations(Annotation @Nullable [] annotations, EdgeSet from) {
        if (annotations == null) {
            return;
        }
        for (Annotation annotation : annotations) {
            Target target = targetOf(annotation.type);
            if (target != null) {
                from.add(
                        EdgeKind.ANNOTATED_BY,
                        "",
                        target.id(),
                        Found.COMPILER,
                        graph.site(annotation.sourceStart),
                        values(annotation));
            }
        }
    }

    /** What stands between the parentheses. */
    private String values(Annotation annotation) {
        String text = graph.text();
        int from = annotation.type.sourceEnd + 1;
        int to = Math.min(annotation.declarationSourceEnd + 1, text.length());
        if (from >= to) {
            return "";
        }
        String values = text.substring(from, to).strip();
        return values.length() > 1 && values.startsWith("(") && values.endsWith(")")
                ? values.substring(1, values.length() - 1).strip()
                : "";
    }
}
