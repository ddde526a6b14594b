package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import java.util.List;

/** The extractors that a run asks. */
final class Frameworks {
    private static final List<FrameworkExtractor> EXTRACTORS =
            List.of(new SpringRoutes(), new SpringBeans(), new SpringInjection());

    private Frameworks() {}

    /** What all frameworks make of the code. */
    static DerivedFacts derive(FrameworkModel model) {
        ConceptGraph graph = new ConceptGraph();
        EXTRACTORS.forEach(extractor -> extractor.extract(model, graph));
        return graph.facts();
    }
}
