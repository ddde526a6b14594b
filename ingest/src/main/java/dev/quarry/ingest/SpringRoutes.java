package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Routes of Spring's annotated controllers (MVC and WebFlux), and the routes that declared clients ask for (Feign,
 * {@code @HttpExchange}).
 *
 * <p>As at run time, a handler is a bean of a class with {@code @Controller} on it or above it; a mapping may stand
 * at the method, at one that it overrides, or at a composed annotation. A mapping without a verb makes one route for
 * every verb, named {@code * /path}.
 */
final class SpringRoutes implements FrameworkExtractor {
    private static final List<String> FEIGN = List.of(
            "org.springframework.cloud.openfeign.FeignClient", "org.springframework.cloud.netflix.feign.FeignClient");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        SpringAnnotations spring = new SpringAnnotations(model);
        BeanCatalog catalog = model.beans();
        for (TypeModel type : model.types()) {
            Optional<AnnotationModel> feign = TypeModel.findAny(type.annotations(), FEIGN);
            if (feign.isPresent()) {
                requests(model, spring, type, feign.get().texts("path"), client(feign.get()), graph);
            } else if (type.kind() == NodeKind.INTERFACE) {
                exchanges(model, spring, type, graph);
            } else if (isHandler(spring, catalog, type)) {
                handlers(model, spring, type, catalog.absence(type), graph);
            }
        }
    }

    private static boolean isHandler(SpringAnnotations spring, BeanCatalog catalog, TypeModel type) {
        return type.isConcrete()
                && catalog.isBean(type)
                && spring.findInHierarchy(type, SpringAnnotations.CONTROLLER).isPresent();
    }

    private static void handlers(
            FrameworkModel model, SpringAnnotations spring, TypeModel type, String absence, ConceptGraph graph) {
        SpringMapping prefix = ofType(model, spring, type);
        for (List<TypeModel.Method> methods : HandlerMethods.of(model, type)) {
            TypeModel.Method handler = methods.getFirst();
            mapping(methods, spring).ifPresent(each -> {
                SpringMapping mapping = prefix.with(each);
                for (String name : mapping.routes()) {
                    NodeId route = graph.concept(NodeKind.ROUTE, name, "", "");
                    graph.edge(
                            route,
                            EdgeKind.HANDLED_BY,
                            "",
                            handler.id(),
                            Sites.NONE,
                            detail(mapping.conditions().text(), absence));
                }
            });
        }
    }

    private static String detail(String conditions, String absence) {
        return absence.isEmpty() ? conditions : (conditions.isEmpty() ? "" : conditions + "; ") + "absent: " + absence;
    }

    private static SpringMapping ofType(FrameworkModel model, SpringAnnotations spring, TypeModel type) {
        return model.hierarchy(TypeName.plain(type.name())).stream()
                .flatMap(each -> model.type(each.name()).stream())
                .flatMap(each -> SpringMapping.of(each.annotations(), spring).stream())
                .findFirst()
                .orElse(SpringMapping.NONE);
    }

    private static Optional<SpringMapping> mapping(List<TypeModel.Method> methods, SpringAnnotations spring) {
        return methods.stream()
                .flatMap(method -> SpringMapping.of(method.annotations(), spring).stream())
                .findFirst();
    }

    private static void exchanges(FrameworkModel model, SpringAnnotations spring, TypeModel type, ConceptGraph graph) {
        boolean client = type.methods().stream()
                .anyMatch(method -> spring.has(method.annotations(), SpringAnnotations.EXCHANGE));
        if (client) {
            requests(model, spring, type, List.of(), "", graph);
        }
    }

    private static void requests(
            FrameworkModel model,
            SpringAnnotations spring,
            TypeModel type,
            List<String> path,
            String client,
            ConceptGraph graph) {
        SpringMapping outer = new SpringMapping(path, Set.of(), SpringMapping.Conditions.NONE);
        SpringMapping prefix = outer.with(ofType(model, spring, type));
        for (List<TypeModel.Method> methods : HandlerMethods.of(model, type)) {
            TypeModel.Method method = methods.getFirst();
            mapping(methods, spring).ifPresent(each -> {
                for (String name : prefix.with(each).routes()) {
                    NodeId route = graph.concept(NodeKind.ROUTE, name, "", "");
                    graph.edge(method.id(), EdgeKind.REQUESTS, "", route, method.sites(), client);
                }
            });
        }
    }

    private static String client(AnnotationModel feign) {
        String name = feign.text("name", "value", "serviceId");
        String url = feign.text("url");
        return url.isEmpty() ? name : name.isEmpty() ? url : name + " at " + url;
    }
}
