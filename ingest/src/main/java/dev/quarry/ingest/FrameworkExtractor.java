package dev.quarry.ingest;

/** Reads one framework's conventions. Implementations have no state and give equal facts for equal models. */
interface FrameworkExtractor {
    /** Adds the concepts and edges that the framework makes of the code. */
    void extract(FrameworkModel model, ConceptGraph graph);
}
