package dev.quarry.ingest;

import dev.quarry.schema.NodeKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Annotations as Spring reads them: composed ones, Spring's own and those of the repository, count as those that they are
 * annotated with, and hand values on by {@code @AliasFor}.
 */
final class SpringAnnotations {
    static final String WEB = "org.springframework.web.bind.annotation.";
    static final String STEREOTYPE = "org.springframework.stereotype.";
    static final String CONTEXT = "org.springframework.context.annotation.";
    static final String COMPONENT = STEREOTYPE + "Component";
    static final String CONTROLLER = STEREOTYPE + "Controller";
    static final String CONFIGURATION = CONTEXT + "Configuration";
    static final String MAPPING = WEB + "RequestMapping";
    static final String EXCHANGE = "org.springframework.web.service.annotation.HttpExchange";
    static final String BOOT = "org.springframework.boot.autoconfigure.SpringBootApplication";

    private static final String ALIAS = "org.springframework.core.annotation.AliasFor";

    /** What Spring's own annotations are annotated with: no jar is needed to know it. */
    private static final Map<String, Meta> KNOWN = known();

    private final FrameworkModel model;

    /** An annotation's annotation; {@code passes} where values go through by name. */
    private record Meta(AnnotationModel annotation, boolean passes) {}

    SpringAnnotations(FrameworkModel model) {
        this.model = model;
    }

    private static Map<String, Meta> known() {
        Map<String, Meta> all = new HashMap<>();
        for (String verb : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            String name = verb.charAt(0) + verb.substring(1).toLowerCase(Locale.ROOT);
            all.put(WEB + name + "Mapping", meta(MAPPING, Map.of("method", new AnnotationValue.Name(verb)), true));
            all.put(
                    EXCHANGE.replace("HttpExchange", name + "Exchange"),
                    meta(EXCHANGE, Map.of("method", new AnnotationValue.Text(verb)), true));
        }
        all.put(CONTROLLER, meta(COMPONENT, Map.of(), true));
        all.put(WEB + "RestController", meta(CONTROLLER, Map.of(), true));
        all.put(STEREOTYPE + "Service", meta(COMPONENT, Map.of(), true));
        all.put(STEREOTYPE + "Repository", meta(COMPONENT, Map.of(), true));
        all.put(CONFIGURATION, meta(COMPONENT, Map.of(), true));
        all.put(BOOT, meta(CONFIGURATION, Map.of(), false));
        all.put("org.springframework.boot.SpringBootConfiguration", meta(CONFIGURATION, Map.of(), false));
        all.put("org.springframework.boot.test.context.TestConfiguration", meta(CONFIGURATION, Map.of(), true));
        all.put("org.springframework.boot.autoconfigure.AutoConfiguration", meta(CONFIGURATION, Map.of(), true));
        all.put(WEB + "ControllerAdvice", meta(COMPONENT, Map.of(), false));
        all.put(WEB + "RestControllerAdvice", meta(WEB + "ControllerAdvice", Map.of(), false));
        all.put("jakarta.inject.Named", meta(COMPONENT, Map.of(), true));
        all.put("javax.inject.Named", meta(COMPONENT, Map.of(), true));
        return Map.copyOf(all);
    }

    private static Meta meta(String type, Map<String, AnnotationValue> values, boolean passes) {
        return new Meta(new AnnotationModel(type, values), passes);
    }

    /** The annotation of this type among these, or behind one of them, with the values that reach it. */
    Optional<AnnotationModel> find(List<AnnotationModel> annotations, String type) {
        return find(annotations, type, new HashSet<>());
    }

    boolean has(List<AnnotationModel> annotations, String type) {
        return find(annotations, type).isPresent();
    }

    /** The same for a class, its superclasses and interfaces; nearest first. */
    Optional<AnnotationModel> findInHierarchy(TypeModel type, String annotation) {
        return model.hierarchy(TypeName.plain(type.name())).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .flatMap(each -> find(each.annotations(), annotation).stream())
                .findFirst();
    }

    private Optional<AnnotationModel> find(List<AnnotationModel> annotations, String type, Set<String> seen) {
        Optional<AnnotationModel> direct = TypeModel.find(annotations, type);
        if (direct.isPresent()) {
            return direct;
        }
        return annotations.stream()
                .filter(each -> seen.add(each.type()))
                .flatMap(each -> find(behind(each, type), type, seen).stream())
                .findFirst();
    }

    /** What stands at an annotation's type, with the values that one use of it hands on. */
    private List<AnnotationModel> behind(AnnotationModel use, String wanted) {
        Meta known = KNOWN.get(use.type());
        if (known != null) {
            AnnotationModel meta = known.annotation();
            return List.of(known.passes() ? use.as(meta.type(), meta.values()) : meta);
        }
        TypeModel type = model.type(use.type()).orElse(null);
        if (type == null || type.kind() != NodeKind.ANNOTATION) {
            return List.of();
        }
        return type.annotations().stream()
                .map(meta -> handOn(use, type, meta, wanted))
                .toList();
    }

    private static AnnotationModel handOn(AnnotationModel use, TypeModel type, AnnotationModel meta, String wanted) {
        Map<String, AnnotationValue> values = new HashMap<>(meta.values());
        for (TypeModel.Method element : type.methods()) {
            AnnotationValue value = use.values().getOrDefault(element.name(), element.defaultValue());
            String target = value == null ? null : target(element, meta.type(), wanted);
            if (value != null && target != null) {
                if (target.equals("path")) {
                    values.remove("value");
                }
                values.put(target, value);
            }
        }
        return new AnnotationModel(meta.type(), values);
    }

    /** Which element of an annotation behind it this element stands for; null if none. */
    private static @Nullable String target(TypeModel.Method element, String meta, String wanted) {
        AnnotationModel alias = TypeModel.find(element.annotations(), ALIAS).orElse(null);
        if (alias == null) {
            return element.name().equals("value") ? null : element.name();
        }
        String annotation = alias.text("annotation");
        if (!annotation.equals(meta) && !annotation.equals(wanted)) {
            return null;
        }
        String attribute = alias.text("attribute", "value");
        return attribute.isEmpty() ? element.name() : attribute;
    }
}
