package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.List;

/**
 * What a container makes and hands out.
 *
 * @param names the name and its aliases
 * @param type what it is known as: the class, or what a factory method says that it returns
 * @param home the type that defines it
 * @param factory the method that makes it, or the class itself
 * @param annotations those of the class or method
 */
record Bean(
        List<String> names,
        TypeName type,
        TypeModel home,
        NodeId factory,
        Sites sites,
        boolean primary,
        List<AnnotationModel> annotations) {
    String name() {
        return names.getFirst();
    }

    /** The node that stands for it. */
    NodeId node(ConceptGraph graph) {
        return graph.concept(NodeKind.BEAN, name(), "(" + type.text() + ")", primary ? "primary" : "");
    }
}
