package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration keys that Spring binds to fields and parameters, and those that code looks up in the environment. */
final class SpringProperties implements FrameworkExtractor {
    private static final String VALUE = "org.springframework.beans.factory.annotation.Value";
    private static final String PROPERTIES = "org.springframework.boot.context.properties.ConfigurationProperties";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}:]+)(?::([^{}]*))?}");

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
            TypeModel.find(type.annotations(), PROPERTIES)
                    .ifPresent(each -> bound(type, each.text("prefix", "value"), graph));
        }
        for (FrameworkModel.Invocation call : model.invocations()) {
            if (call.method().endsWith("Property")
                    && call.receiver().startsWith("org.springframework.")
                    && call.arguments().getFirst().value() instanceof AnnotationValue.Text key) {
                add(call.caller(), key.value(), call.sites(), "", graph);
            }
        }
    }

    private static void values(List<AnnotationModel> annotations, NodeId from, Sites sites, ConceptGraph graph) {
        TypeModel.find(annotations, VALUE).ifPresent(value -> {
            Matcher matcher = PLACEHOLDER.matcher(value.text("value"));
            while (matcher.find()) {
                String other = matcher.group(2);
                add(from, matcher.group(1).strip(), sites, other == null ? "" : "default " + other, graph);
            }
        });
    }

    /** Fields of a class of properties have the keys below its prefix, in small letters with hyphens. */
    private static void bound(TypeModel type, String prefix, ConceptGraph graph) {
        for (TypeModel.Field field : type.fields()) {
            if (!Modifier.isStatic(field.modifiers())) {
                String key =
                        field.name().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
                add(field.id(), prefix.isEmpty() ? key : prefix + "." + key, field.sites(), "", graph);
            }
        }
    }

    private static void add(NodeId from, String key, Sites sites, String detail, ConceptGraph graph) {
        NodeId node = graph.concept(NodeKind.CONFIG_KEY, key, "", "");
        graph.edge(from, EdgeKind.CONFIGURED_BY, "", node, sites, detail);
    }
}
