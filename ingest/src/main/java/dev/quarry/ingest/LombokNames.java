package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.jspecify.annotations.Nullable;

/** Which annotations of a file are Lombok's: told from the imports, so that Lombok's jar is not needed. */
final class LombokNames {
    private static final Set<String> KNOWN = Set.of(
            "lombok.AllArgsConstructor",
            "lombok.Builder",
            "lombok.Cleanup",
            "lombok.CustomLog",
            "lombok.Data",
            "lombok.EqualsAndHashCode",
            "lombok.Getter",
            "lombok.NoArgsConstructor",
            "lombok.NonNull",
            "lombok.RequiredArgsConstructor",
            "lombok.Setter",
            "lombok.Singular",
            "lombok.Synchronized",
            "lombok.ToString",
            "lombok.Value",
            "lombok.With",
            "lombok.val",
            "lombok.experimental.Accessors",
            "lombok.experimental.Builder",
            "lombok.experimental.Delegate",
            "lombok.experimental.ExtensionMethod",
            "lombok.experimental.FieldDefaults",
            "lombok.experimental.FieldNameConstants",
            "lombok.experimental.NonFinal",
            "lombok.experimental.PackagePrivate",
            "lombok.experimental.StandardException",
            "lombok.experimental.SuperBuilder",
            "lombok.experimental.Tolerate",
            "lombok.experimental.UtilityClass",
            "lombok.experimental.Value",
            "lombok.experimental.WithBy",
            "lombok.experimental.Wither",
            "lombok.extern.apachecommons.CommonsLog",
            "lombok.extern.flogger.Flogger",
            "lombok.extern.jackson.Jacksonized",
            "lombok.extern.java.Log",
            "lombok.extern.jbosslog.JBossLog",
            "lombok.extern.log4j.Log4j",
            "lombok.extern.log4j.Log4j2",
            "lombok.extern.slf4j.Slf4j",
            "lombok.extern.slf4j.XSlf4j");

    /** Annotations that Lombok takes for its own {@code NonNull}. */
    private static final Set<String> NON_NULL = Set.of(
            "lombok.NonNull",
            "android.annotation.NonNull",
            "android.support.annotation.NonNull",
            "androidx.annotation.NonNull",
            "com.mongodb.lang.NonNull",
            "edu.umd.cs.findbugs.annotations.NonNull",
            "io.micrometer.core.lang.NonNull",
            "io.micronaut.core.annotation.NonNull",
            "io.reactivex.annotations.NonNull",
            "jakarta.annotation.Nonnull",
            "javax.annotation.Nonnull",
            "org.checkerframework.checker.nullness.qual.NonNull",
            "org.eclipse.jdt.annotation.NonNull",
            "org.jetbrains.annotations.NotNull",
            "org.jspecify.annotations.NonNull",
            "org.netbeans.api.annotations.common.NonNull",
            "org.springframework.lang.NonNull",
            "reactor.util.annotation.NonNull");

    private final Map<String, String> single = new HashMap<>();
    private final List<String> wildcards = new ArrayList<>();

    LombokNames(CompilationUnitDeclaration tree) {
        ImportReference[] imports = tree.imports == null ? new ImportReference[0] : tree.imports;
        for (ImportReference reference : imports) {
            String name = CharOperation.toString(reference.getImportName());
            if ((reference.bits & ASTNode.OnDemand) != 0) {
                wildcards.add(name);
            } else if (!reference.isStatic()) {
                single.put(name.substring(name.lastIndexOf('.') + 1), name);
            }
        }
    }

    /** The annotation's name below {@code lombok}, as {@code Getter} or {@code Builder.Default}; null if not Lombok's. */
    @Nullable
    String of(Annotation annotation) {
        String name = qualified(annotation);
        if (!name.startsWith("lombok.")) {
            return null;
        }
        int outer = name.indexOf('.', "lombok.".length());
        boolean nested = outer > 0 && Character.isUpperCase(name.charAt("lombok.".length()));
        return nested
                ? name.substring("lombok.".length())
                : name.substring(name.lastIndexOf("lombok") + 7)
                        .replaceFirst("^(experimental|extern\\.[a-z0-9]+)\\.", "");
    }

    /** Whether the file means this type of Lombok by its simple name. */
    boolean imports(String qualifiedName) {
        return qualify(qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1))
                .equals(qualifiedName);
    }

    boolean isNonNull(Annotation annotation) {
        return NON_NULL.contains(qualified(annotation));
    }

    private String qualified(Annotation annotation) {
        char[][] tokens = annotation.type.getTypeName();
        String first = qualify(new String(tokens[0]));
        return tokens.length == 1
                ? first
                : first + "." + CharOperation.toString(CharOperation.subarray(tokens, 1, tokens.length));
    }

    private String qualify(String simple) {
        String imported = single.get(simple);
        if (imported != null) {
            return imported;
        }
        for (String wildcard : wildcards) {
            String name = wildcard + "." + simple;
            if (KNOWN.contains(name) || NON_NULL.contains(name)) {
                return name;
            }
        }
        return simple;
    }
}
