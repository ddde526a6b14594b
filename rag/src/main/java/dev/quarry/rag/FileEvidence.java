package dev.quarry.rag;

import dev.quarry.search.NameCoverage;
import java.util.Map;

/**
 * What speaks for a whole file: that its declarations together hold what the query says, and that the query says the file's
 * name. A change request tells of a file more than of one declaration in it. Immutable.
 */
final class FileEvidence {
    private static final String JAVA = ".java";

    private final QueryShape shape;
    private final Map<String, Float> coverage;
    private final NameCoverage said;

    /**
     * The evidence for one query.
     *
     * @param coverage the share of the query's terms that each file holds, by its path
     */
    FileEvidence(QueryShape shape, Map<String, Float> coverage, NameCoverage said) {
        this.shape = shape;
        this.coverage = Map.copyOf(coverage);
        this.said = said;
    }

    /** The points that each declaration of this file gets. */
    double of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String type = name.endsWith(JAVA) ? name.substring(0, name.length() - JAVA.length()) : name;
        return shape.fileWeight() * coverage.getOrDefault(path, 0f) + shape.fileNameWeight() * said.of(type);
    }
}
