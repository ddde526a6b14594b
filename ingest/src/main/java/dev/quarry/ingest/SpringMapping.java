package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code @RequestMapping} or {@code @HttpExchange} says at one class or method.
 *
 * @param verbs in the order of the alphabet; empty for every verb
 * @param conditions what else a request must have, as {@code params=a,b}
 */
record SpringMapping(List<String> paths, Set<String> verbs, Conditions conditions) {
    static final SpringMapping NONE = new SpringMapping(List.of(), Set.of(), Conditions.NONE);

    /** Conditions besides verb and path. */
    record Conditions(List<String> params, List<String> headers, List<String> consumes, List<String> produces) {
        static final Conditions NONE = new Conditions(List.of(), List.of(), List.of(), List.of());

        /** The class's conditions with those of a method: media types of the method stand in place of the class's. */
        Conditions with(Conditions method) {
            return new Conditions(
                    joined(params, method.params),
                    joined(headers, method.headers),
                    method.consumes.isEmpty() ? consumes : method.consumes,
                    method.produces.isEmpty() ? produces : method.produces);
        }

        private static List<String> joined(List<String> one, List<String> other) {
            Set<String> all = new LinkedHashSet<>(one);
            all.addAll(other);
            return List.copyOf(all);
        }

        String text() {
            List<String> parts = new ArrayList<>();
            add(parts, "params", params);
            add(parts, "headers", headers);
            add(parts, "consumes", consumes);
            add(parts, "produces", produces);
            return String.join("; ", parts);
        }

        private static void add(List<String> parts, String name, List<String> values) {
            if (!values.isEmpty()) {
                parts.add(name + "=" + String.join(",", values));
            }
        }
    }

    /** The mapping that these annotations make, composed ones included. */
    static Optional<SpringMapping> of(List<AnnotationModel> annotations, SpringAnnotations spring) {
        Optional<AnnotationModel> mapping = spring.find(annotations, SpringAnnotations.MAPPING);
        if (mapping.isPresent()) {
            return mapping.map(each -> new SpringMapping(
                    each.texts("path", "value"), verbs(each), conditions(each, "consumes", "produces")));
        }
        return spring.find(annotations, SpringAnnotations.EXCHANGE)
                .map(each -> new SpringMapping(
                        each.texts("url", "value"), verbs(each), conditions(each, "contentType", "accept")));
    }

    private static Set<String> verbs(AnnotationModel annotation) {
        Set<String> verbs = new TreeSet<>();
        annotation
                .value("method")
                .ifPresent(value -> value.elements().forEach(each -> {
                    if (each instanceof AnnotationValue.Name name) {
                        verbs.add(name.name());
                    } else {
                        each.texts().filter(text -> !text.isEmpty()).forEach(verbs::add);
                    }
                }));
        return verbs;
    }

    private static Conditions conditions(AnnotationModel annotation, String consumes, String produces) {
        return new Conditions(
                annotation.texts("params"),
                annotation.texts("headers"),
                annotation.texts(consumes),
                annotation.texts(produces));
    }

    /** The mapping of a method in a class with this mapping. */
    SpringMapping with(SpringMapping method) {
        Set<String> all = new TreeSet<>(verbs);
        all.addAll(method.verbs);
        return new SpringMapping(RoutePaths.combine(paths, method.paths), all, conditions.with(method.conditions));
    }

    /** A route for each verb and path, as {@code GET /a}; {@code * /a} for every verb. */
    List<String> routes() {
        List<String> routes = new ArrayList<>();
        for (String verb : verbs.isEmpty() ? Set.of("*") : verbs) {
            paths.forEach(path -> routes.add(verb + " " + path));
        }
        return routes;
    }
}
