package dev.quarry.server;

import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.ModelManifest;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexProgress.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which model a store's vectors are of. The one that is wanted is embedded beside the one that is served; searches switch
 * with the commit of the serving index that holds all of its vectors, and until then the served one is kept up to date.
 */
final class WorkspaceModels implements AutoCloseable {
    private final GraphStore graph;
    private final SearchIndex search;
    private final Models models;
    /** What the last run has left in memory; runs take turns. */
    private Optional<EmbeddedFiles> last = Optional.empty();

    WorkspaceModels(GraphStore graph, SearchIndex search, Models models) {
        this.graph = graph;
        this.search = search;
        this.models = models;
    }

    /** The model of the vectors that are served; empty if it is not on this machine, or none is to be used. */
    Optional<EmbeddingModel> served() {
        return models.isConfigured() ? models.open(servedId()) : Optional.empty();
    }

    /** Whether vectors are to be made and used. */
    boolean isConfigured() {
        return models.isConfigured();
    }

    /** The id of the model that searches use, if it is loaded. */
    Optional<String> loaded() {
        return models.isConfigured() ? Optional.of(servedId()).filter(models::isLoaded) : Optional.empty();
    }

    private String servedId() {
        String inIndex = search.vectorModel();
        if (!inIndex.isEmpty()) {
            return inIndex;
        }
        String embedded = graph.meta(StoreKeys.EMBEDDED).orElse("");
        return embedded.isEmpty() ? wantedId() : embedded.substring(0, embedded.indexOf(' '));
    }

    private String wantedId() {
        return graph.meta(StoreKeys.MODEL)
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> models.bundled().map(ModelManifest::id).orElse(""));
    }

    /** All models of which there are vectors, and all on this machine. */
    List<ModelState> states() {
        Map<String, Long> vectors = graph.vectorsByModel();
        Set<String> installed = new HashSet<>();
        List<String> ids = new ArrayList<>();
        for (ModelManifest manifest : models.all()) {
            installed.add(manifest.id());
            ids.add(manifest.id());
        }
        vectors.keySet().stream().filter(id -> !installed.contains(id)).forEach(ids::add);
        return ids.stream()
                .map(id -> new ModelState(
                        id,
                        installed.contains(id),
                        search.vectorCount() > 0 && id.equals(servedId()),
                        id.equals(wantedId()),
                        vectors.getOrDefault(id, 0L)))
                .toList();
    }

    /**
     * Has index runs embed with this model from now on.
     *
     * @throws QuarryException NOT_FOUND if it is not on this machine; MODEL_REFUSED if its vectors do not fit the store
     */
    void use(String id) {
        ModelManifest chosen = models.all().stream()
                .filter(manifest -> manifest.id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing(id, ErrorCode.NOT_FOUND));
        if (chosen.dimension() != GraphStore.VECTOR_LENGTH) {
            throw new QuarryException(
                    ErrorCode.MODEL_REFUSED,
                    "the vectors of the model " + id + " have " + chosen.dimension() + " elements, and a store's have "
                            + GraphStore.VECTOR_LENGTH + ": use another model");
        }
        boolean isBundled =
                models.bundled().filter(manifest -> manifest.id().equals(id)).isPresent();
        graph.putMeta(Map.of(StoreKeys.MODEL, isBundled ? "" : id));
    }

    private static QuarryException missing(String id, ErrorCode code) {
        return new QuarryException(
                code,
                "the model " + id + " is not on this machine: 'quarry model' lists those that are, and"
                        + " 'quarry model add DIR' adds one");
    }

    /** Makes the vectors that are missing, publishes them, and builds the engine's index; tells how many were made. */
    long embed(IndexProgress progress) {
        long made = embedForSearches(progress);
        if (models.isConfigured()) {
            progress.progress(Phase.VECTOR_INDEX, 0, 1);
            graph.buildVectorIndex();
            progress.progress(Phase.VECTOR_INDEX, 1, 1);
        }
        return made;
    }

    /** Makes the vectors that are missing, and publishes them; tells how many were made. */
    long embedForSearches(IndexProgress progress) {
        if (!models.isConfigured()) {
            return 0;
        }
        String wanted = wantedId();
        String served = servedId();
        EmbeddingModel next = models.open(wanted).orElseThrow(() -> missing(wanted, ErrorCode.MODEL_REFUSED));
        long made = 0;
        if (!served.equals(wanted) && search.vectorCount() > 0) {
            made = models.open(served).map(model -> run(model, progress)).orElse(0L);
        }
        return made + run(next, progress);
    }

    /** Publishes the vectors that the store has for its present commit, where the serving index lacks them. */
    void catchUp(IndexProgress progress) {
        String embedded = graph.meta(StoreKeys.EMBEDDED).orElse("");
        if (embedded.endsWith(" " + graph.sequence())) {
            models.open(embedded.substring(0, embedded.indexOf(' '))).ifPresent(model -> run(model, progress));
        }
    }

    /** Makes and publishes the vectors of a former state, by the model that served it. */
    void embedFormer() {
        served().ifPresent(model -> run(model, IndexProgress.NONE));
    }

    /** The models, for another store. */
    Models shared() {
        return models;
    }

    private long run(EmbeddingModel model, IndexProgress progress) {
        EmbeddingPipeline pipeline = new EmbeddingPipeline(graph, search, model, last);
        long made = pipeline.run(progress);
        last = Optional.of(pipeline.files());
        return made;
    }

    @Override
    public void close() {
        models.close();
    }
}
