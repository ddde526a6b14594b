package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;

/** The beans that classes and factory methods define. */
final class SpringBeans implements FrameworkExtractor {
    @Override
    public void extract(FrameworkModel model, ConceptGraph graph) {
        for (Bean bean : model.beans().beans()) {
            graph.edge(bean.factory(), EdgeKind.DEFINES, "", bean.node(graph), bean.sites(), "");
        }
    }
}
