package dev.quarry.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.Scope;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** Finds the types that the text of a broken file names, as far as the compiler knows its imports and types. */
final class OutlineTypes {
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    private final CompilationUnitDeclaration unit;
    private final TypeNames names;
    private final ImportMap imports;
    private final Map<String, TypeDeclaration> declared = new HashMap<>();

    OutlineTypes(CompilationUnitDeclaration unit, TypeNames names, ImportMap imports) {
        this.unit = unit;
        this.names = names;
        this.imports = imports;
        add(unit.types);
    }

    private void add(TypeDeclaration @Nullable [] types) {
        if (types == null) {
            return;
        }
        for (TypeDeclaration type : types) {
            if (type.binding != null) {
                declared.putIfAbsent(names.binaryName(type.binding, null), type);
            }
            add(type.memberTypes);
        }
    }

    private @Nullable TypeBinding lookUp(String written, String from) {
        TypeDeclaration type = declared.get(from);
        Scope scope = type != null && type.scope != null ? type.scope : unit.scope;
        if (scope == null) {
            return null;
        }
        char[][] segments = CharOperation.splitOn('.', written.toCharArray());
        return segments.length == 1 ? scope.getType(segments[0]) : scope.getType(segments, segments.length);
    }

    /** Whether the text is a name, whole: what is half-typed may end, or begin, with a dot. */
    private static boolean isName(String written) {
        for (String segment : written.split("\\.", -1)) {
            if (segment.isEmpty() || !Character.isJavaIdentifierStart(segment.charAt(0))) {
                return false;
            }
        }
        return true;
    }

    /** The erased binary name that a written one most likely stands for. */
    String name(String written, String from) {
        if (!isName(written)) {
            return written;
        }
        TypeBinding found = lookUp(written, from);
        if (found != null && found.isValidBinding() && !(found instanceof ProblemReferenceBinding)) {
            return names.erasedName(found, imports);
        }
        return names.missingName(CharOperation.splitOn('.', written.toCharArray()), imports);
    }

    /**
     * The erased parameter types of a callable.
     *
     * @param parameters as written, with parentheses; empty for none
     * @param typeParameters those in scope, as written
     */
    String signature(String parameters, String typeParameters, String from) {
        Map<String, String> bounds = TypeText.bounds(typeParameters);
        StringBuilder text = new StringBuilder("(");
        for (String parameter : TypeText.parameters(parameters)) {
            int array = parameter.indexOf('[');
            String element = array < 0 ? parameter : parameter.substring(0, array);
            String dimensions = array < 0 ? "" : parameter.substring(array);
            String bound = bounds.getOrDefault(element, element);
            String type = bounds.getOrDefault(bound, bound);
            String name = PRIMITIVES.contains(type) ? type : name(type, from);
            text.append(text.length() > 1 ? "," : "").append(name).append(dimensions);
        }
        return text.append(')').toString();
    }
}
