package dev.quarry.ingest;

import java.util.Arrays;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.QualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.Wildcard;
import org.jspecify.annotations.Nullable;

/** Lays declarations that were parsed from another text at the annotation that asks for them, without bodies. */
final class LombokRelocation {
    private LombokRelocation() {}

    static void move(ASTNode declaration, Annotation origin) {
        int start = origin.sourceStart;
        switch (declaration) {
            case AbstractMethodDeclaration method -> method(method, origin);
            case TypeDeclaration type -> type(type, origin);
            case AbstractVariableDeclaration field -> variable(field, start, origin.declarationSourceEnd);
            default -> throw new IllegalArgumentException(declaration.getClass().getName());
        }
    }

    private static void type(TypeDeclaration type, Annotation origin) {
        int start = origin.sourceStart;
        type.sourceStart = start;
        type.sourceEnd = start;
        type.declarationSourceStart = start;
        type.declarationSourceEnd = origin.declarationSourceEnd;
        type.bodyStart = start;
        type.bodyEnd = start;
        type.modifiersSourceStart = start;
        parameters(type.typeParameters, start);
        reference(type.superclass, start);
    }

    private static void method(AbstractMethodDeclaration method, Annotation origin) {
        int start = origin.sourceStart;
        method.sourceStart = start;
        method.sourceEnd = start;
        method.declarationSourceStart = start;
        method.declarationSourceEnd = origin.declarationSourceEnd;
        method.modifiersSourceStart = start;
        // an empty stretch: the parser of bodies finds nothing there
        method.bodyStart = start;
        method.bodyEnd = start - 1;
        parameters(method.typeParameters(), start);
        if (method instanceof MethodDeclaration declared) {
            reference(declared.returnType, start);
        }
        if (method.arguments != null) {
            for (AbstractVariableDeclaration argument : method.arguments) {
                variable(argument, start, start);
            }
        }
        if (method.thrownExceptions != null) {
            for (TypeReference thrown : method.thrownExceptions) {
                reference(thrown, start);
            }
        }
    }

    private static void variable(AbstractVariableDeclaration variable, int start, int end) {
        variable.sourceStart = start;
        variable.sourceEnd = start;
        variable.declarationSourceStart = start;
        variable.declarationSourceEnd = end;
        variable.declarationEnd = end;
        variable.modifiersSourceStart = start;
        reference(variable.type, start);
        if (variable.initialization != null) {
            variable.initialization.sourceStart = start;
            variable.initialization.sourceEnd = start;
        }
    }

    private static void parameters(TypeParameter @Nullable [] parameters, int start) {
        if (parameters == null) {
            return;
        }
        for (TypeParameter parameter : parameters) {
            variable(parameter, start, start);
            if (parameter.bounds != null) {
                for (TypeReference bound : parameter.bounds) {
                    reference(bound, start);
                }
            }
        }
    }

    private static void reference(@Nullable TypeReference type, int start) {
        if (type == null) {
            return;
        }
        type.sourceStart = start;
        type.sourceEnd = start;
        if (type instanceof QualifiedTypeReference qualified) {
            Arrays.fill(qualified.sourcePositions, ((long) start << 32) + start);
        }
        if (type instanceof Wildcard wildcard) {
            reference(wildcard.bound, start);
        }
        TypeReference[] @Nullable [] arguments = type.getTypeArguments();
        if (arguments != null) {
            for (TypeReference @Nullable [] row : arguments) {
                if (row != null) {
                    for (TypeReference argument : row) {
                        reference(argument, start);
                    }
                }
            }
        }
    }
}
