package dev.quarry.ingest;

import com.github.javaparser.ast.body.BodyDeclaration;
import com.github.javaparser.ast.body.EnumDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.nodeTypes.NodeWithAnnotations;
import com.github.javaparser.ast.nodeTypes.NodeWithModifiers;
import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;

/** The flags of declarations: what is written, and what the language adds. */
final class DeclarationFlags {
    /** Of an enum constant. */
    static final int ENUM_CONSTANT = Modifier.PUBLIC | Modifier.STATIC | Modifier.FINAL;

    /** Of the field behind a record component. */
    static final int RECORD_COMPONENT = Modifier.PRIVATE | Modifier.FINAL;

    private static final int ACCESS = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE;

    private DeclarationFlags() {}

    /** Of a type; {@code owner} is the kind of the type that it is a member of, or its own kind where there is none. */
    static int ofType(TypeDeclaration<?> type, NodeKind kind, boolean nested, NodeKind owner) {
        int flags = written(type);
        if (nested && isInterface(owner)) {
            flags |= Modifier.PUBLIC | Modifier.STATIC;
        }
        flags |= switch (kind) {
            case INTERFACE, ANNOTATION -> Modifier.ABSTRACT | staticIf(nested);
            case RECORD -> Modifier.FINAL | staticIf(nested);
            case ENUM -> staticIf(nested) | (hasBodies(type) ? 0 : Modifier.FINAL);
            default -> 0;
        };
        return flags;
    }

    private static int staticIf(boolean nested) {
        return nested ? Modifier.STATIC : 0;
    }

    private static boolean hasBodies(TypeDeclaration<?> type) {
        return type instanceof EnumDeclaration declaration
                && declaration.getEntries().stream()
                        .anyMatch(constant -> !constant.getClassBody().isEmpty());
    }

    /** Of a method of a type of this kind. */
    static int ofMethod(MethodDeclaration method, NodeKind owner) {
        int flags = written(method);
        if (!isInterface(owner)) {
            return flags;
        }
        if ((flags & Modifier.PRIVATE) == 0) {
            flags |= Modifier.PUBLIC;
        }
        return method.getBody().isEmpty() ? flags | Modifier.ABSTRACT : flags;
    }

    /** Of a member of an annotation type. */
    static int ofAnnotationMember(BodyDeclaration<?> member) {
        return written(member) | Modifier.PUBLIC | Modifier.ABSTRACT;
    }

    /** Of a constructor of a type of this kind. */
    static int ofConstructor(BodyDeclaration<?> constructor, NodeKind owner) {
        int flags = written(constructor);
        return owner == NodeKind.ENUM && (flags & ACCESS) == 0 ? flags | Modifier.PRIVATE : flags;
    }

    /** Of a field of a type of this kind. */
    static int ofField(BodyDeclaration<?> field, NodeKind owner) {
        int flags = written(field);
        return isInterface(owner) ? flags | Modifier.PUBLIC | Modifier.STATIC | Modifier.FINAL : flags;
    }

    /** Whether a declaration bears {@code @Deprecated}. */
    static int deprecation(NodeWithAnnotations<?> declaration) {
        for (AnnotationExpr annotation : declaration.getAnnotations()) {
            if (annotation.getName().getIdentifier().equals("Deprecated")) {
                return Flags.DEPRECATED;
            }
        }
        return 0;
    }

    private static boolean isInterface(NodeKind kind) {
        return kind == NodeKind.INTERFACE || kind == NodeKind.ANNOTATION;
    }

    private static int written(BodyDeclaration<?> declaration) {
        int flags = deprecation(declaration);
        if (declaration instanceof NodeWithModifiers<?> modified) {
            for (com.github.javaparser.ast.Modifier modifier : modified.getModifiers()) {
                flags |= bit(modifier);
            }
        }
        return flags;
    }

    private static int bit(com.github.javaparser.ast.Modifier modifier) {
        return switch (modifier.getKeyword()) {
            case PUBLIC -> Modifier.PUBLIC;
            case PROTECTED -> Modifier.PROTECTED;
            case PRIVATE -> Modifier.PRIVATE;
            case ABSTRACT -> Modifier.ABSTRACT;
            case STATIC -> Modifier.STATIC;
            case FINAL -> Modifier.FINAL;
            case TRANSIENT -> Modifier.TRANSIENT;
            case VOLATILE -> Modifier.VOLATILE;
            case SYNCHRONIZED -> Modifier.SYNCHRONIZED;
            case NATIVE -> Modifier.NATIVE;
            case STRICTFP -> Modifier.STRICT;
            case DEFAULT -> Flags.DEFAULT;
            case SEALED -> Flags.SEALED;
            default -> 0;
        };
    }
}
