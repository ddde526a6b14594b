package dev.quarry.ingest;

import dev.quarry.schema.NodeKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.lookup.ArrayBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.MissingTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the graph knows types: binary names, erased signatures.
 *
 * <p>Local classes are numbered in the order of the text within their enclosing class, as compilers do it. A type that no
 * class file and no source declares is named through the imports of the file that names it. A type that several modules
 * declare carries its module's directory before its name, {@code lib/a.b.C}, in all modules but the first.
 */
final class TypeNames {
    private final IdentityHashMap<TypeBinding, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> localNumbers = new HashMap<>();
    private final Map<String, ImportMap> imports = new HashMap<>();
    private final Set<String> knownPackages = new HashSet<>();
    private final Set<String> askedNames = new HashSet<>();
    private final Set<String> importedTypes = new HashSet<>();
    private final Map<ImportMap, Set<String>> wildcardUses = new LinkedHashMap<>();
    private final Predicate<String> isOnClassPath;
    private final BinaryOperator<String> prefix;
    private final Predicate<String> isGenerated;

    /**
     * Names for one module.
     *
     * @param isOnClassPath tests for packages that the class path holds
     * @param isGenerated tests for types that an annotation processor makes
     * @param prefix what goes before the name of a top-level type, given its qualified name and the path of its file
     */
    TypeNames(Predicate<String> isOnClassPath, Predicate<String> isGenerated, BinaryOperator<String> prefix) {
        this.isGenerated = isGenerated;
        this.prefix = prefix;
        this.isOnClassPath = isOnClassPath;
    }

    /**
     * Makes a file's imports known; they serve to name missing types in its declarations. To be called for all files before
     * the first name is asked for.
     *
     * @param used the simple names of types in the file's declarations
     */
    void addFile(String path, ImportMap map, Set<String> used) {
        imports.put(path, map);
        knownPackages.add(map.packageName());
        importedTypes.addAll(map.single().values());
        if (!map.wildcards().isEmpty()) {
            wildcardUses.computeIfAbsent(map, _ -> new HashSet<>()).addAll(used);
        }
    }

    /** Makes known the imports of a file of another module; they name the missing types in its declarations only. */
    void addSeen(String path, ImportMap map) {
        imports.putIfAbsent(path, map);
    }

    /** Notes that a type was looked into of which the file need not say the name. */
    void ask(ReferenceBinding type) {
        askedNames.add(new String(type.sourceName()));
    }

    /** Forgets which missing types were asked for; to be called when another file begins. */
    void beginFile() {
        askedNames.clear();
    }

    /** The simple names of the missing types, and of others, that were asked for since the file began. */
    Set<String> askedNames() {
        return askedNames;
    }

    /** The imports of a file. */
    ImportMap importsOf(String path) {
        ImportMap map = imports.get(path);
        return map == null ? ImportMap.NONE : map;
    }

    boolean isKnownPackage(String name) {
        return knownPackages.contains(name) || JdkPackages.contains(name) || isOnClassPath.test(name);
    }

    /** Gives a local or anonymous class its number; to be called in the order of the text. */
    void declareLocal(LocalTypeBinding type) {
        String outer = binaryName(type.enclosingType(), null);
        String simple = type.isAnonymousType() ? "" : new String(type.sourceName);
        int number = localNumbers.merge(outer + "$#" + simple, 1, Integer::sum);
        names.put(type, outer + "$" + number + simple);
    }

    /**
     * The binary name of a class or interface.
     *
     * @param context the imports of the file that names it; null where they do not matter
     */
    String binaryName(ReferenceBinding reference, @Nullable ImportMap context) {
        TypeBinding type = reference.original();
        if (type instanceof ProblemReferenceBinding problem) {
            return problemName(problem, context);
        }
        if (type instanceof MissingTypeBinding missing) {
            return missingName(missing.compoundName, context);
        }
        String known = names.get(type);
        if (known == null) {
            known = computeName((ReferenceBinding) type);
            names.put(type, known);
        }
        return known;
    }

    private String computeName(ReferenceBinding type) {
        ReferenceBinding outer = type.enclosingType();
        if (type.isMemberType() && outer != null && isLocal(outer)) {
            return binaryName(outer, null) + "$" + new String(type.sourceName);
        }
        if (type instanceof LocalTypeBinding local && type.unannotated() instanceof LocalTypeBinding plain) {
            String known = names.get(plain);
            return known != null ? known : new String(local.constantPoolName()).replace('/', '.');
        }
        String name = new String(type.constantPoolName()).replace('/', '.');
        return prefix(type) + name;
    }

    /** What goes before the name of a top-level type of this qualified name, in the file of this path. */
    String prefix(String qualifiedName, String path) {
        return prefix.apply(qualifiedName, path);
    }

    private String prefix(ReferenceBinding type) {
        if (!(type.outermostEnclosingType() instanceof SourceTypeBinding top)) {
            return "";
        }
        char[] file = top.getFileName();
        String qualified = CharOperation.toString(top.compoundName);
        return file == null ? "" : prefix.apply(qualified, new String(file));
    }

    /** Whether the type, or one around it, is a class inside a method. */
    private static boolean isLocal(ReferenceBinding type) {
        for (ReferenceBinding outer = type; outer != null; outer = outer.enclosingType()) {
            if (outer.isLocalType()) {
                return true;
            }
        }
        return false;
    }

    private String problemName(ProblemReferenceBinding problem, @Nullable ImportMap context) {
        if (problem.closestMatch() instanceof ReferenceBinding match && !(match instanceof MissingTypeBinding)) {
            return binaryName(match, context);
        }
        return missingName(problem.compoundName, context);
    }

    /** A name in a file with only one package that could hold it is as good as an import of the type. */
    private boolean isImported(String typeName) {
        if (!wildcardUses.isEmpty()) {
            wildcardUses.forEach((map, used) -> importedTypes.addAll(map.impliedTypes(used, this::isKnownPackage)));
            wildcardUses.clear();
        }
        return importedTypes.contains(typeName);
    }

    /** The name that a missing type most likely has, from what the text calls it. */
    String missingName(char[][] segments, @Nullable ImportMap context) {
        String[] parts = CharOperation.toStrings(segments);
        askedNames.addAll(List.of(parts));
        if (context != null
                && !context.packageName().isEmpty()
                && !context.single().containsKey(parts[0])) {
            String beside = context.packageName() + "." + parts[0];
            if (isGenerated.test(beside)) {
                parts[0] = beside;
                return String.join("$", parts);
            }
        }
        return context == null
                ? ImportMap.binaryName(parts)
                : context.typeName(parts, this::isKnownPackage, this::isImported);
    }

    /** Whether the name that {@link #missingName} gives is the only one that the missing type can have. */
    boolean isSure(char[][] segments, ImportMap context) {
        return context.isSure(CharOperation.toStrings(segments), this::isKnownPackage, this::isImported);
    }

    /** The erased name of a type as signatures spell it: {@code int}, {@code java.util.Map$Entry[]}. */
    String erasedName(@Nullable TypeBinding type, @Nullable ImportMap context) {
        if (type == null) {
            return "?";
        }
        if (type instanceof ArrayBinding array) {
            return erasedName(array.leafComponentType, context) + "[]".repeat(array.dimensions);
        }
        if (type.isBaseType()) {
            return new String(type.sourceName());
        }
        TypeBinding erasure = type.erasure();
        if (erasure instanceof ArrayBinding array) {
            return erasedName(array, context);
        }
        return erasure instanceof ReferenceBinding reference ? binaryName(reference, context) : "java.lang.Object";
    }

    /** The erased parameter types of an original method: {@code (int,java.lang.String[])}. */
    String signature(MethodBinding method) {
        if (method.isPolymorphic()) {
            return "(java.lang.Object[])";
        }
        if (method.parameters.length == 0) {
            return "()";
        }
        ImportMap context = contextOf(method.declaringClass);
        StringBuilder text = new StringBuilder("(");
        for (TypeBinding parameter : method.parameters) {
            text.append(text.length() > 1 ? "," : "").append(erasedName(parameter, context));
        }
        return text.append(')').toString();
    }

    /** The imports of the file that declares a type; null where no file of the repository does. */
    @Nullable
    ImportMap contextOf(@Nullable ReferenceBinding type) {
        if (type == null || !(type.original() instanceof SourceTypeBinding source)) {
            return null;
        }
        char[] file = source.outermostEnclosingType().getFileName();
        return file == null ? null : imports.get(new String(file));
    }

    /** Which kind of node stands for a type of the repository. */
    static NodeKind kindOf(TypeBinding type) {
        if (type.isAnnotationType()) {
            return NodeKind.ANNOTATION;
        }
        if (type.isInterface()) {
            return NodeKind.INTERFACE;
        }
        if (type.isEnum()) {
            return NodeKind.ENUM;
        }
        return type.isRecord() ? NodeKind.RECORD : NodeKind.CLASS;
    }
}
