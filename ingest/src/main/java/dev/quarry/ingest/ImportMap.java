package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;

/**
 * What a file's imports say of the names in it: the qualified name that a name most likely has when no class file says so.
 *
 * @param packageName the file's package, empty for the unnamed one
 * @param single simple name to qualified name
 * @param members simple name to {@code type#name}, from static imports
 * @param wildcards packages (and types) imported with a star, or with the module that exports them
 * @param opaque whether it imports a module of which nothing is known: any name may be of a type from there
 */
record ImportMap(
        String packageName,
        Map<String, String> single,
        Map<String, String> members,
        List<String> wildcards,
        boolean opaque) {
    /** That of a file of which nothing is known. */
    static final ImportMap NONE = new ImportMap("", Map.of(), Map.of(), List.of(), false);

    /** The imports of a file; those of modules bring what these export to it. */
    static ImportMap of(CompilationUnitDeclaration tree, ModuleExports.Seen modules) {
        String packageName =
                tree.currentPackage == null ? "" : CharOperation.toString(tree.currentPackage.getImportName());
        Map<String, String> single = new HashMap<>();
        Map<String, String> members = new HashMap<>();
        List<String> wildcards = new ArrayList<>();
        Set<String> imported = new LinkedHashSet<>();
        boolean opaque = false;
        ImportReference[] imports = tree.imports == null ? new ImportReference[0] : tree.imports;
        for (ImportReference reference : imports) {
            if ((reference.modifiers & ClassFileConstants.AccModule) != 0) {
                String module = CharOperation.toString(reference.getImportName());
                Optional<ModuleExports.Imported> found = modules.imported(module);
                found.ifPresent(each -> imported.addAll(each.packages()));
                opaque |= !modules.isOfJdk(module)
                        && (found.isEmpty() || !found.get().unknown().isEmpty());
                continue;
            }
            String[] segments = CharOperation.toStrings(reference.getImportName());
            boolean onDemand = (reference.bits & ASTNode.OnDemand) != 0;
            String last = segments[segments.length - 1];
            if (onDemand) {
                if (!reference.isStatic()) {
                    wildcards.add(binaryName(segments));
                }
            } else if (reference.isStatic()) {
                String[] owner = Arrays.copyOf(segments, segments.length - 1);
                members.putIfAbsent(last, binaryName(owner) + "#" + last);
                single.putIfAbsent(last, binaryName(segments));
            } else {
                single.putIfAbsent(last, binaryName(segments));
            }
        }
        imported.stream().filter(name -> !wildcards.contains(name)).forEach(wildcards::add);
        return new ImportMap(packageName, Map.copyOf(single), Map.copyOf(members), List.copyOf(wildcards), opaque);
    }

    /**
     * The binary name that these segments of a type name most likely have.
     *
     * @param known packages that are known whole, so that a missing type cannot be one of theirs
     * @param imported whether some file imports the type of this binary name by its name
     */
    String typeName(String[] segments, Predicate<String> known, Predicate<String> imported) {
        String single = this.single.get(segments[0]);
        if (single != null) {
            return nested(single, segments, 1);
        }
        if (segments.length > 1 && !Character.isUpperCase(segments[0].charAt(0))) {
            return binaryName(segments);
        }
        return nested(inPackage(segments[0], known, imported), segments, 1);
    }

    /**
     * Whether a missing type of this name can only be what {@link #typeName} says: an import names it, the text its package,
     * another file a package that this one imports too, or there is one package that could hold it. What is nested in a
     * missing type may be inherited.
     */
    boolean isSure(String[] segments, Predicate<String> known, Predicate<String> imported) {
        int last = segments.length - 1;
        if (last > 0) {
            return Character.isLowerCase(segments[last - 1].charAt(0));
        }
        String name = segments[0];
        if (single.containsKey(name)) {
            return !members.containsKey(name);
        }
        List<String> homes = homes(known);
        return homes.stream().anyMatch(home -> imported.test(home + separator(home) + name))
                || (homes.size() < 2 && !opaque);
    }

    /** What is imported with a star and may have types that nothing declares. */
    private List<String> homes(Predicate<String> known) {
        return wildcards.stream().filter(name -> !known.test(packageOf(name))).toList();
    }

    /** The qualified names of these types, as far as only one package can hold those that no import names. */
    Set<String> impliedTypes(Set<String> simpleNames, Predicate<String> known) {
        List<String> homes = homes(known);
        if (homes.size() != 1 || opaque) {
            return Set.of();
        }
        String home = homes.getFirst();
        return simpleNames.stream()
                .filter(name -> !single.containsKey(name))
                .map(name -> home + separator(home) + name)
                .collect(Collectors.toSet());
    }

    /**
     * Of several packages that could hold the type: one that another file imports it from, a framework's, the one that the
     * type's name is named after first. The file's own package is the last resort, unless a module may have the type.
     */
    private String inPackage(String simpleName, Predicate<String> known, Predicate<String> imported) {
        List<String> homes = homes(known);
        String lower = simpleName.toLowerCase(Locale.ROOT);
        String home = homes.stream()
                .filter(name -> imported.test(name + separator(name) + simpleName))
                .findFirst()
                .or(() -> homes.stream()
                        .filter(name -> FrameworkTypes.contains(name, simpleName))
                        .findFirst())
                .or(() -> homes.stream()
                        .filter(name -> lower.contains(lastSegment(name)))
                        .min(Comparator.comparingInt(name -> lower.indexOf(lastSegment(name)))))
                .or(() -> homes.stream().findFirst())
                .orElse(opaque ? "" : packageName);
        return home.isEmpty() ? simpleName : home + separator(home) + simpleName;
    }

    /** What stands between a package, or a type, and the simple name of a type in it. */
    private static char separator(String home) {
        return Character.isUpperCase(home.charAt(lastStart(home))) ? '$' : '.';
    }

    private static String packageOf(String home) {
        return separator(home) == '.' ? home : home.substring(0, Math.max(0, lastStart(home) - 1));
    }

    private static String lastSegment(String home) {
        return home.substring(lastStart(home)).toLowerCase(Locale.ROOT);
    }

    private static int lastStart(String home) {
        return home.lastIndexOf('.') + 1;
    }

    private static String nested(String outer, String[] segments, int from) {
        StringBuilder name = new StringBuilder(outer);
        for (int i = from; i < segments.length; i++) {
            name.append('$').append(segments[i]);
        }
        return name.toString();
    }

    /** By the custom that names of types are written {@code LikeThis} and those of constants {@code LIKE_THIS}. */
    static boolean isTypeLike(char[] name) {
        boolean lower = name.length == 1;
        for (char each : name) {
            lower |= Character.isLowerCase(each);
        }
        return lower && Character.isUpperCase(name[0]);
    }

    /** By the custom that types begin with a capital: what follows the first type is nested in it. */
    static String binaryName(String[] segments) {
        StringBuilder name = new StringBuilder();
        boolean inType = false;
        for (String segment : segments) {
            if (!name.isEmpty()) {
                name.append(inType ? '$' : '.');
            }
            name.append(segment);
            inType |= !segment.isEmpty() && Character.isUpperCase(segment.charAt(0));
        }
        return name.toString();
    }
}
