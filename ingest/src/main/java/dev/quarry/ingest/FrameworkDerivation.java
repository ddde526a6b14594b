package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;
import java.util.List;

/** What frameworks make of the code, concluded from the model that binding fills. */
final class FrameworkDerivation implements Derivation {
    /** Configuration files come last: how a key is written depends on what is bound to it. */
    private static final List<FrameworkExtractor> EXTRACTORS = List.of(
            new SpringRoutes(),
            new JaxRsRoutes(),
            new SpringBeans(),
            new SpringInjection(),
            new SpringAspects(),
            new SpringProperties(),
            new SpringMessages(),
            new JpaMappings(),
            new JpaQueries(),
            new MyBatisStatements(),
            new ServiceProviders(),
            new DubboServices(),
            new ConfigurationKeys());

    private final FrameworkModel model;

    FrameworkDerivation(FrameworkModel model) {
        this.model = model;
    }

    @Override
    public void file(FileFacts facts) {
        // the binder has put the file into the model
    }

    @Override
    public DerivedFacts finish(SharedFacts shared) {
        ConceptGraph graph = new ConceptGraph(shared);
        EXTRACTORS.forEach(extractor -> extractor.extract(model, graph));
        return graph.facts();
    }
}
