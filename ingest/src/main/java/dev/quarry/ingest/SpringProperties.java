package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.List;

/** The configuration keys that Spring binds to fields and parameters, and those that code looks up in the environment. */
final class SpringProperties implements FrameworkExtractor {
    private static final String VALUE = "org.springframework.beans.factory.annotation.Value";

    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        for (TypeModel type : model.types()) {
            for (TypeModel.Field field : type.fields()) {
                values(field.annotations(), field.id(), field.sites(), graph);
            }
            for (TypeModel.Method method : type.methods()) {
                values(method.annotations(), method.id(), method.sites(), graph);
                method.parameters().forEach(each -> values(each.annotations(), method.id(), method.sites(), graph));
            }
        }
        BoundProperties.of(model).forEach(each -> add(each.from(), each.key(), each.sites(), "", graph));
        for (FrameworkModel.Invocation call : model.invocations()) {
            if (call.method().endsWith("Property")
                    && call.receiver().startsWith("org.springframework.")
                    && call.arguments().getFirst().value() instanceof AnnotationValue.Text key) {
                add(call.caller(), key.value(), call.sites(), "", graph);
            }
        }
    }

    private static void values(List<AnnotationModel> annotations, NodeId from, Sites sites, ConceptGraph graph) {
        TypeModel.find(annotations, VALUE)
                .ifPresent(value -> Placeholder.in(value.text("value")).forEach(each -> {
                    String fallback = each.fallback();
                    add(from, each.key(), sites, fallback == null ? "" : "default " + fallback, graph);
                }));
    }

    private static void add(NodeId from, String key, Sites sites, String detail, ConceptGraph graph) {
        NodeId node = graph.concept(NodeKind.CONFIG_KEY, key, "", "");
        graph.edge(from, EdgeKind.CONFIGURED_BY, "", node, sites, detail);
    }
}
