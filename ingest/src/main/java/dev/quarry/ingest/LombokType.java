package dev.quarry.ingest;

import dev.quarry.ingest.LombokStub.Kind;
import dev.quarry.ingest.LombokStub.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.ArrayInitializer;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.MemberValuePair;
import org.eclipse.jdt.internal.compiler.ast.StringLiteral;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.jspecify.annotations.Nullable;

/** A type as Lombok sees it before any name is bound, and the members that it gets. */
final class LombokType {
    final TypeDeclaration tree;
    final LombokNames names;
    final LombokConfig config;
    final String name;
    final Map<String, Annotation> annotations;
    final List<LombokStub> stubs = new ArrayList<>();

    LombokType(TypeDeclaration tree, LombokNames names, LombokConfig config) {
        this.tree = tree;
        this.names = names;
        this.config = config;
        this.name = new String(tree.name);
        this.annotations = annotations(tree.annotations);
    }

    /** Lombok's annotations in a list, by their names below {@code lombok}. */
    Map<String, Annotation> annotations(Annotation @Nullable [] list) {
        Map<String, Annotation> found = new HashMap<>();
        if (list != null) {
            for (Annotation annotation : list) {
                String lombok = names.of(annotation);
                if (lombok != null) {
                    found.putIfAbsent(lombok, annotation);
                }
            }
        }
        return found;
    }

    @Nullable
    Annotation annotation(AbstractVariableDeclaration field, String lombok) {
        return annotations(field.annotations).get(lombok);
    }

    boolean isNonNull(AbstractVariableDeclaration field) {
        if (field.annotations != null) {
            for (Annotation annotation : field.annotations) {
                if (names.isNonNull(annotation)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isClass() {
        return TypeDeclaration.kind(tree.modifiers) == TypeDeclaration.CLASS_DECL;
    }

    boolean isEnum() {
        return TypeDeclaration.kind(tree.modifiers) == TypeDeclaration.ENUM_DECL;
    }

    boolean isRecord() {
        return tree.isRecord();
    }

    /** The fields that are written in the type, without enum constants. */
    List<FieldDeclaration> fields() {
        List<FieldDeclaration> found = new ArrayList<>();
        if (tree.fields != null) {
            for (FieldDeclaration field : tree.fields) {
                if (!(field instanceof Initializer)
                        && field.getKind() == AbstractVariableDeclaration.FIELD
                        && field.type != null) {
                    found.add(field);
                }
            }
        }
        return found;
    }

    /** The fields of an instance that Lombok looks at. */
    List<FieldDeclaration> instanceFields() {
        return fields().stream()
                .filter(field -> !isStatic(field) && field.name[0] != '$')
                .toList();
    }

    static boolean isStatic(FieldDeclaration field) {
        return (field.modifiers & ClassFileConstants.AccStatic) != 0;
    }

    static boolean isFinal(FieldDeclaration field) {
        return (field.modifiers & ClassFileConstants.AccFinal) != 0;
    }

    static String name(AbstractVariableDeclaration field) {
        return new String(field.name);
    }

    static String typeOf(AbstractVariableDeclaration field) {
        return field.type.toString().replace("...", "[]");
    }

    /** The type's parameters with their bounds, {@code <T extends A>}; empty if it has none. */
    String parameters() {
        return parameters(tree.typeParameters);
    }

    static String parameters(TypeParameter @Nullable [] parameters) {
        if (parameters == null) {
            return "";
        }
        StringJoiner text = new StringJoiner(", ", "<", ">");
        for (TypeParameter parameter : parameters) {
            text.add(parameter.toString());
        }
        return text.toString();
    }

    /** The names of the type's parameters, {@code <T>}; empty if it has none. */
    String arguments() {
        return arguments(tree.typeParameters);
    }

    static String arguments(TypeParameter @Nullable [] parameters) {
        if (parameters == null) {
            return "";
        }
        StringJoiner text = new StringJoiner(", ", "<", ">");
        for (TypeParameter parameter : parameters) {
            text.add(new String(parameter.name));
        }
        return text.toString();
    }

    // What is there already

    boolean hasMethod(String method, int arity) {
        return hasMethod(candidate -> !candidate.isConstructor()
                && new String(candidate.selector).equalsIgnoreCase(method)
                && takes(candidate, arity));
    }

    boolean hasMethod(String method) {
        return hasMethod(
                candidate -> !candidate.isConstructor() && new String(candidate.selector).equalsIgnoreCase(method));
    }

    private static boolean takes(AbstractMethodDeclaration method, int arity) {
        int count = method.arguments == null ? 0 : method.arguments.length;
        boolean open = count > 0 && (method.arguments[count - 1].type.bits & ASTNode.IsVarArgs) != 0;
        return open ? arity >= count - 1 : arity == count;
    }

    /** Whether a constructor is written. */
    boolean hasConstructor() {
        return hasMethod(method -> method.isConstructor() && !method.isDefaultConstructor());
    }

    boolean hasConstructor(List<String> types) {
        return hasMethod(method -> {
            if (!method.isConstructor() || method.isDefaultConstructor()) {
                return false;
            }
            List<String> written = new ArrayList<>();
            if (method.arguments != null) {
                for (var argument : method.arguments) {
                    written.add(typeOf(argument));
                }
            }
            return written.equals(types);
        });
    }

    private boolean hasMethod(Predicate<AbstractMethodDeclaration> test) {
        if (tree.methods != null) {
            for (AbstractMethodDeclaration method : tree.methods) {
                if (test.test(method) && !annotations(method.annotations).containsKey("Tolerate")) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean hasField(String field) {
        return fields().stream().anyMatch(candidate -> name(candidate).equals(field));
    }

    @Nullable
    TypeDeclaration memberType(String member) {
        if (tree.memberTypes != null) {
            for (TypeDeclaration type : tree.memberTypes) {
                if (new String(type.name).equals(member)) {
                    return type;
                }
            }
        }
        return null;
    }

    // Values of annotations

    private static @Nullable Expression value(Annotation annotation, String key) {
        for (MemberValuePair pair : annotation.memberValuePairs()) {
            if (new String(pair.name).equals(key)) {
                return pair.value;
            }
        }
        return null;
    }

    /** The last word of a name or literal. */
    static String word(Annotation annotation, String key, String fallback) {
        Expression value = value(annotation, key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof StringLiteral literal) {
            return new String(literal.source());
        }
        String text = value.toString();
        return text.substring(text.lastIndexOf('.') + 1);
    }

    static boolean isTrue(Annotation annotation, String key) {
        return word(annotation, key, "false").equals("true");
    }

    static List<String> words(Annotation annotation, String key) {
        Expression value = value(annotation, key);
        if (value instanceof ArrayInitializer array) {
            List<String> found = new ArrayList<>();
            if (array.expressions != null) {
                for (Expression each : array.expressions) {
                    found.add(each instanceof StringLiteral literal ? new String(literal.source()) : each.toString());
                }
            }
            return found;
        }
        return value == null ? List.of() : List.of(word(annotation, key, ""));
    }

    static boolean has(Annotation annotation, String key) {
        return value(annotation, key) != null;
    }

    /** An access level as a modifier with a blank after it; null for none. */
    static @Nullable String access(Annotation annotation, String key) {
        return modifier(word(annotation, key, "PUBLIC"));
    }

    static @Nullable String modifier(String level) {
        return switch (level) {
            case "NONE" -> null;
            case "PRIVATE" -> "private ";
            case "PROTECTED" -> "protected ";
            case "PACKAGE", "MODULE" -> "";
            default -> "public ";
        };
    }

    // Members

    void field(String head, Annotation origin, List<FieldDeclaration> madeOf) {
        stubs.add(new LombokStub(Kind.FIELD, head, origin, madeOf, Use.NONE, List.of()));
    }

    void method(String head, Annotation origin) {
        method(head, origin, List.of(), Use.NONE);
    }

    void method(String head, Annotation origin, List<FieldDeclaration> madeOf, Use use) {
        stubs.add(new LombokStub(Kind.METHOD, head, origin, madeOf, use, List.of()));
    }

    void method(String head, Annotation origin, List<FieldDeclaration> madeOf, Use use, LombokStub.Call call) {
        stubs.add(new LombokStub(Kind.METHOD, head, origin, madeOf, use, List.of()).calling(call));
    }

    void constructor(String head, Annotation origin, List<FieldDeclaration> madeOf) {
        stubs.add(new LombokStub(Kind.CONSTRUCTOR, head, origin, madeOf, Use.WRITES, List.of()));
    }
}
