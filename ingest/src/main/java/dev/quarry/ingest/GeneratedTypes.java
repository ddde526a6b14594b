package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.jspecify.annotations.Nullable;

/**
 * The types that well-known annotation processors make, by the names that follow from the annotations on the repository's
 * types. Where no sources or class files of them are found, they tell a type that a build would make from one of an unknown
 * library.
 *
 * <p>A name in the table is made of {@code {name}}, the annotated type's simple name; {@code {path}}, its name and those of
 * the types around it, joined by {@code _}; {@code {binary}}, the same joined by {@code $}; and {@code {bare}}, the simple
 * name without a leading {@code Abstract}. It lies in the package of the annotated type.
 */
final class GeneratedTypes {
    /** A processor, the binary names of its annotations, and the names that it makes. */
    private record Processor(String name, Set<String> annotations, List<String> names) {}

    private static final Set<String> ENTITIES = Set.of("Entity", "Embeddable", "MappedSuperclass");

    private static final List<Processor> PROCESSORS = List.of(
            of("AutoValue", "com.google.auto.value.AutoValue", "AutoValue_{path}", "$AutoValue_{path}"),
            of("AutoValue", "com.google.auto.value.AutoOneOf", "AutoOneOf_{path}"),
            of("AutoValue", "com.google.auto.value.AutoBuilder", "AutoBuilder_{path}"),
            of("AutoFactory", "com.google.auto.factory.AutoFactory", "{name}Factory"),
            of("Immutables", "org.immutables.value.Value$Immutable", "Immutable{bare}", "Immutable{name}"),
            of("Immutables", "org.immutables.value.Value$Modifiable", "Modifiable{bare}", "Modifiable{name}"),
            of("Immutables", "org.immutables.value.Value$Enclosing", "Immutable{bare}", "Immutable{name}"),
            of("Dagger", "dagger.Component", "Dagger{path}"),
            of("Dagger", "dagger.producers.ProductionComponent", "Dagger{path}"),
            of("Hilt", "dagger.hilt.android.AndroidEntryPoint", "Hilt_{path}"),
            of("Hilt", "dagger.hilt.android.HiltAndroidApp", "Hilt_{path}"),
            of("MapStruct", "org.mapstruct.Mapper", "{binary}Impl"),
            of("FreeBuilder", "org.inferred.freebuilder.FreeBuilder", "{path}_Builder"),
            of("RecordBuilder", "io.soabase.recordbuilder.core.RecordBuilder", "{name}Builder"),
            of("Jilt", "org.jilt.Builder", "{name}Builder"),
            of("Room", "androidx.room.Dao", "{path}_Impl"),
            of("Room", "androidx.room.Database", "{path}_Impl"),
            of("Vert.x", "io.vertx.codegen.annotations.DataObject", "{name}Converter"),
            of("Vert.x", "io.vertx.codegen.json.annotations.JsonGen", "{name}Converter"),
            of("Vert.x", "io.vertx.codegen.annotations.ProxyGen", "{name}VertxEBProxy", "{name}VertxProxyHandler"),
            of("QueryDSL", "com.querydsl.core.annotations.QueryEntity", "Q{path}"),
            of("QueryDSL", "org.springframework.data.mongodb.core.mapping.Document", "Q{path}"),
            of("QueryDSL", Set.of("javax.persistence.", "jakarta.persistence."), "Q{path}"),
            of("JPA metamodel", Set.of("javax.persistence.", "jakarta.persistence."), "{name}_"),
            of("Micronaut", "io.micronaut.core.annotation.Introspected", "${path}$Introspection"),
            of("Micronaut", "jakarta.inject.Singleton", "${path}$Definition"));

    private static final Set<String> ANNOTATIONS = PROCESSORS.stream()
            .flatMap(processor -> processor.annotations().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** By the type's qualified name: the processor that makes it. */
    private final Map<String, String> processors = new HashMap<>();

    private static Processor of(String name, String annotation, String... names) {
        return new Processor(name, Set.of(annotation), List.of(names));
    }

    private static Processor of(String name, Set<String> packages, String... names) {
        Set<String> annotations = packages.stream()
                .flatMap(prefix -> ENTITIES.stream().map(entity -> prefix + entity))
                .collect(Collectors.toSet());
        return new Processor(name, annotations, List.of(names));
    }

    /** What the annotations on a file's types lead to: the processor by the qualified name of the type that it makes. */
    static Map<String, String> of(ImportMap imports, TypeDeclaration @Nullable [] types) {
        GeneratedTypes found = new GeneratedTypes();
        found.add(imports, List.of(), types);
        return Map.copyOf(found.processors);
    }

    /** Notes what a file leads to; of two processors that make the same type the first stays. */
    void add(Map<String, String> found) {
        found.forEach(processors::putIfAbsent);
    }

    private void add(ImportMap imports, List<String> around, TypeDeclaration @Nullable [] types) {
        if (types == null) {
            return;
        }
        for (TypeDeclaration type : types) {
            List<String> path = new ArrayList<>(around);
            path.add(CharOperation.charToString(type.name));
            if (type.annotations != null) {
                for (Annotation annotation : type.annotations) {
                    String[] written = CharOperation.toStrings(annotation.type.getTypeName());
                    add(imports, path, imports.typeName(written, _ -> false, ANNOTATIONS::contains));
                }
            }
            add(imports, path, type.memberTypes);
        }
    }

    private void add(ImportMap imports, List<String> path, String annotation) {
        if (!ANNOTATIONS.contains(annotation)) {
            return;
        }
        String home = imports.packageName().isEmpty() ? "" : imports.packageName() + ".";
        String name = path.getLast();
        for (Processor processor : PROCESSORS) {
            if (processor.annotations().contains(annotation)) {
                for (String made : processor.names()) {
                    String simple = made.replace("{path}", String.join("_", path))
                            .replace("{binary}", String.join("$", path))
                            .replace("{bare}", name.startsWith("Abstract") ? name.substring("Abstract".length()) : name)
                            .replace("{name}", name);
                    processors.putIfAbsent(home + simple, processor.name());
                }
            }
        }
    }

    /** Whether a processor makes the type of this qualified name. */
    boolean contains(String name) {
        return processors.containsKey(name);
    }

    /**
     * The processor that makes a type, or the type that it is nested in; null if none is known to.
     *
     * @param name a binary name
     */
    @Nullable
    String processorOf(String name) {
        String known = processors.get(name);
        int simple = name.lastIndexOf('.') + 1;
        for (int end = name.lastIndexOf('$'); known == null && end > simple; end = name.lastIndexOf('$', end - 1)) {
            known = processors.get(name.substring(0, end));
        }
        return known;
    }
}
