package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container makes and hands out.
 *
 * @param names the name and its aliases
 * @param type what it is known as: the class, or what a factory method says that it returns
 * @param home the type that defines it
 * @param factory the method that makes it, or the class itself
 * @param annotations those of the class or method
 * @param condition what must hold for it to be made, as far as that is known only at run time
 * @param absent why no application of the repository has it; empty where one has
 */
record Bean(
        List<String> names,
        TypeName type,
        TypeModel home,
        NodeId factory,
        Sites sites,
        boolean primary,
        List<AnnotationModel> annotations,
        BeanCondition condition,
        String absent) {
    String name() {
        return names.getFirst();
    }

    /** Whether a class, and no method, makes it. */
    boolean isOfClass() {
        return factory.equals(home.id());
    }

    Bean absent(String reason) {
        return new Bean(names, type, home, factory, sites, primary, annotations, condition, reason);
    }

    /** The node that stands for it. */
    NodeId node(ConceptGraph graph) {
        List<String> parts = new ArrayList<>();
        if (primary) {
            parts.add("primary");
        }
        if (!condition.text().isEmpty()) {
            parts.add("if " + condition.text());
        }
        if (!absent.isEmpty()) {
            parts.add("absent: " + absent);
        }
        return graph.concept(NodeKind.BEAN, name(), "(" + type.text() + ")", String.join("; ", parts));
    }
}
