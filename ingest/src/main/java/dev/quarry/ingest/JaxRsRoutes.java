package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Routes of JAX-RS resources, of both packages. Annotations may stand at a method that the resource's overrides; a sole
 * {@code @ApplicationPath} is put in front. Locators of sub-resources are not followed.
 */
final class JaxRsRoutes implements FrameworkExtractor {
    private static final List<String> PACKAGES = List.of("jakarta.ws.rs.", "javax.ws.rs.");
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        List<String> roots = model.types().stream()
                .flatMap(type -> find(type.annotations(), "ApplicationPath").stream())
                .map(each -> each.text("value"))
                .toList();
        String root = roots.size() == 1 ? roots.getFirst() : "";
        for (TypeModel type : model.types()) {
            if (type.isConcrete()) {
                prefix(model, type).ifPresent(path -> resource(model, type, root + "/" + path, graph));
            }
        }
    }

    private static Optional<String> prefix(FrameworkModel model, TypeModel type) {
        return model.hierarchy(TypeName.plain(type.name())).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .flatMap(each -> find(each.annotations(), "Path").stream())
                .map(each -> each.text("value"))
                .findFirst();
    }

    private static void resource(FrameworkModel model, TypeModel type, String prefix, ConceptGraph graph) {
        for (List<TypeModel.Method> methods : HandlerMethods.of(model, type)) {
            TypeModel.Method annotated = methods.stream()
                    .filter(method -> !verbs(model, method).isEmpty())
                    .findFirst()
                    .orElse(null);
            if (annotated == null) {
                continue;
            }
            String path = find(annotated.annotations(), "Path")
                    .map(each -> each.text("value"))
                    .orElse("");
            for (String verb : verbs(model, annotated)) {
                NodeId route = graph.concept(NodeKind.ROUTE, verb + " " + normal(prefix + "/" + path), "", "");
                String detail = mediaTypes(type, annotated);
                graph.edge(route, EdgeKind.HANDLED_BY, "", methods.getFirst().id(), Sites.NONE, detail);
            }
        }
    }

    private static Optional<AnnotationModel> find(List<AnnotationModel> annotations, String name) {
        return TypeModel.findAny(
                annotations, PACKAGES.stream().map(each -> each + name).toList());
    }

    private static List<String> verbs(FrameworkModel model, TypeModel.Method method) {
        List<String> verbs = new ArrayList<>();
        for (AnnotationModel each : method.annotations()) {
            String simple = Bindings.simpleName(each.type());
            if (VERBS.contains(simple)
                    && PACKAGES.contains(each.type().substring(0, each.type().length() - simple.length()))) {
                verbs.add(simple);
            } else {
                model.type(each.type())
                        .flatMap(type -> find(type.annotations(), "HttpMethod"))
                        .ifPresent(verb -> verbs.add(verb.text("value")));
            }
        }
        return verbs;
    }

    private static String normal(String path) {
        String joined = ("/" + path).replaceAll("/+", "/");
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }

    private static String mediaTypes(TypeModel type, TypeModel.Method method) {
        return new SpringMapping.Conditions(
                        List.of(), List.of(), media(type, method, "Consumes"), media(type, method, "Produces"))
                .text();
    }

    private static List<String> media(TypeModel type, TypeModel.Method method, String name) {
        return find(method.annotations(), name)
                .or(() -> find(type.annotations(), name))
                .map(each -> each.texts("value"))
                .orElse(List.of());
    }
}
