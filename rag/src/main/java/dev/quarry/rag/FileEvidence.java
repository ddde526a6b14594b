package dev.quarry.rag;

import dev.quarry.rag.QueryShape.FileWeights;
import dev.quarry.search.NameCoverage;
import java.util.HashMap;
import java.util.Map;

/**
 * What speaks for a whole file: that its declarations together hold what the query says, that the query says the file's
 * name, and that the type which it declares is close to the query. A change request tells of a file more than of one
 * declaration in it. Used by one thread.
 */
final class FileEvidence {
    private static final String JAVA = ".java";

    private final FileWeights weights;
    private final Map<String, Float> coverage;
    private final NameCoverage said;
    private final Map<String, Double> types = new HashMap<>();
    private double farthestType = Double.POSITIVE_INFINITY;

    /**
     * The evidence for one query.
     *
     * @param coverage the share of the query's terms that each file holds, by its path
     */
    FileEvidence(QueryShape shape, Map<String, Float> coverage, NameCoverage said) {
        this.weights = shape.fileWeights();
        this.coverage = Map.copyOf(coverage);
        this.said = said;
    }

    /** Notes how close a type of this file is; of several, the closest counts. */
    void addType(String path, double cosine) {
        types.merge(path, cosine, Math::max);
        farthestType = Math.min(farthestType, cosine);
    }

    /** The points that each declaration of this file gets, after all types are known. */
    double of(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        String name = file.endsWith(JAVA) ? file.substring(0, file.length() - JAVA.length()) : file;
        double points = weights.coverage() * coverage.getOrDefault(path, 0f) + weights.name() * said.of(name);
        if (weights.verbatim() > 0 && said.isVerbatim(name)) {
            points += weights.verbatim();
        }
        Double type = types.get(path);
        return type == null ? points : points + weights.type() * (type - farthestType);
    }
}
