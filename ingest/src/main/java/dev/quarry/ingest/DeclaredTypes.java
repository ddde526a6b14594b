package dev.quarry.ingest;

import java.util.HashSet;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.jspecify.annotations.Nullable;

/** The simple names of the types that a file's declarations mention, outside bodies and type arguments. */
final class DeclaredTypes {
    private final Set<String> found = new HashSet<>();

    private DeclaredTypes() {}

    static Set<String> in(CompilationUnitDeclaration tree) {
        DeclaredTypes types = new DeclaredTypes();
        types.addTypes(tree.types);
        return types.found;
    }

    private void addTypes(TypeDeclaration @Nullable [] types) {
        if (types == null) {
            return;
        }
        for (TypeDeclaration type : types) {
            add(type.superclass);
            addAll(type.superInterfaces);
            if (type.fields != null) {
                for (FieldDeclaration field : type.fields) {
                    add(field.type);
                }
            }
            if (type.methods != null) {
                for (AbstractMethodDeclaration method : type.methods) {
                    addMethod(method);
                }
            }
            addTypes(type.memberTypes);
        }
    }

    private void addMethod(AbstractMethodDeclaration method) {
        if (method instanceof MethodDeclaration declaration) {
            add(declaration.returnType);
        }
        if (method.arguments != null) {
            for (Argument argument : method.arguments) {
                add(argument.type);
            }
        }
        addAll(method.thrownExceptions);
    }

    private void addAll(TypeReference @Nullable [] types) {
        if (types != null) {
            for (TypeReference type : types) {
                add(type);
            }
        }
    }

    private void add(@Nullable TypeReference type) {
        if (type != null) {
            found.add(new String(type.getTypeName()[0]));
        }
    }
}
