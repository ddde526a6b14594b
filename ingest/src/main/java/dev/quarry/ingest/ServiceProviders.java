package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Services of Java's own registry: types that {@code META-INF/services} registers, and where a {@code ServiceLoader} asks
 * for them or for those that a module descriptor registers, which {@link ModuleServices} leads to their services.
 */
final class ServiceProviders implements FrameworkExtractor {
    private static final String FOLDER = "META-INF/services/";
    private static final String LOADER = "java.util.ServiceLoader";

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        Map<String, List<TypeModel>> byService = new TreeMap<>();
        for (ResourceFile file : model.resources().files(ResourceFile.Kind.SERVICES)) {
            String service = file.path().substring(file.path().lastIndexOf(FOLDER) + FOLDER.length());
            for (String name : FrameworkResources.names(file)) {
                provide(model, graph, service, name, file.path(), byService);
            }
        }
        for (ModuleDescriptor.Service each : model.registrations()) {
            model.type(each.provider()).ifPresent(type -> register(each.type(), type, byService));
        }
        for (FrameworkModel.Invocation call : model.invocations()) {
            if (call.receiver().equals(LOADER)) {
                loads(call, byService, graph);
            }
        }
    }

    private static void provide(
            FrameworkModel model,
            ConceptGraph graph,
            String service,
            String provider,
            String place,
            Map<String, List<TypeModel>> byService) {
        model.type(provider).ifPresent(type -> {
            register(service, type, byService);
            NodeId to = model.type(service).map(TypeModel::id).orElseGet(() -> graph.outside(service));
            graph.edge(type.id(), EdgeKind.PROVIDES, "", to, Sites.NONE, place);
        });
    }

    private static void register(String service, TypeModel provider, Map<String, List<TypeModel>> byService) {
        List<TypeModel> known = byService.computeIfAbsent(service, _ -> new ArrayList<>());
        if (known.stream().noneMatch(each -> each.name().equals(provider.name()))) {
            known.add(provider);
        }
    }

    private static void loads(
            FrameworkModel.Invocation call, Map<String, List<TypeModel>> byService, ConceptGraph graph) {
        for (FrameworkModel.Argument argument : call.arguments()) {
            if (argument.value() instanceof AnnotationValue.ClassName service) {
                for (TypeModel provider : byService.getOrDefault(service.name(), List.of())) {
                    graph.edge(
                            call.caller(),
                            EdgeKind.INJECTS,
                            "service",
                            provider.id(),
                            call.sites(),
                            "service " + service.name());
                }
            }
        }
    }
}
