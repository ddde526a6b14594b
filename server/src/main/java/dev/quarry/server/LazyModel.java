package dev.quarry.server;

import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.ModelSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The embedding model, loaded when it is first asked for: a question about callers never pays for it. */
final class LazyModel implements AutoCloseable {
    private final Optional<ModelSource> source;
    private final EmbedOptions options;
    private @Nullable EmbeddingModel model;

    LazyModel(Optional<ModelSource> source, int threads) {
        this.source = source;
        this.options = new EmbedOptions(threads);
    }

    /**
     * The model; empty if none is configured.
     *
     * @throws dev.quarry.schema.QuarryException MODEL_REFUSED if its files are not those of the manifest
     */
    synchronized Optional<EmbeddingModel> get() {
        if (model == null && source.isPresent()) {
            model = EmbeddingModel.open(source.get(), options);
        }
        return Optional.ofNullable(model);
    }

    /** The model's id if it is loaded. */
    synchronized Optional<String> loadedId() {
        return Optional.ofNullable(model).map(EmbeddingModel::id);
    }

    @Override
    public synchronized void close() {
        if (model != null) {
            model.close();
            model = null;
        }
    }
}
