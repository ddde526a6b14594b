package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Services of Dubbo: what a class offers, and which of the repository's classes a reference may reach. */
final class DubboServices implements FrameworkExtractor {
    private static final List<String> SERVICES = List.of(
            "org.apache.dubbo.config.annotation.DubboService",
            "org.apache.dubbo.config.annotation.Service",
            "com.alibaba.dubbo.config.annotation.Service");
    private static final List<String> REFERENCES = List.of(
            "org.apache.dubbo.config.annotation.DubboReference",
            "org.apache.dubbo.config.annotation.Reference",
            "com.alibaba.dubbo.config.annotation.Reference");

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        Map<String, NodeId> offered = new HashMap<>();
        for (TypeModel type : model.types()) {
            TypeModel.findAny(type.annotations(), SERVICES).ifPresent(annotation -> {
                String given = annotation.text("interfaceClass", "interfaceName");
                List<String> interfaces = given.isEmpty()
                        ? type.supertypes().stream().map(TypeName::name).toList()
                        : List.of(given);
                for (String name : interfaces) {
                    NodeId service = model.type(name).map(TypeModel::id).orElseGet(() -> graph.outside(name));
                    graph.edge(type.id(), EdgeKind.PROVIDES, "", service, Sites.NONE, "dubbo");
                    offered.put(type.name(), type.id());
                }
            });
        }
        for (TypeModel type : model.types()) {
            for (TypeModel.Field field : type.fields()) {
                if (TypeModel.findAny(field.annotations(), REFERENCES).isPresent()) {
                    reference(model, field, offered, graph);
                }
            }
        }
    }

    private static void reference(
            FrameworkModel model, TypeModel.Field field, Map<String, NodeId> offered, ConceptGraph graph) {
        List<NodeId> found = offered.entrySet().stream()
                .filter(each -> model.isAssignable(TypeName.plain(each.getKey()), field.type()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        for (NodeId provider : found) {
            graph.edge(field.id(), EdgeKind.INJECTS, "service", provider, field.sites(), "dubbo");
        }
        if (found.isEmpty()) {
            NodeId leaf = graph.concept(
                    NodeKind.BEAN,
                    field.type().text(),
                    "",
                    "unresolved: the repository offers no service of this type");
            graph.edge(field.id(), EdgeKind.INJECTS, "service", leaf, field.sites(), "dubbo");
        }
    }
}
