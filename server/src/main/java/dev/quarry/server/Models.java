package dev.quarry.server;

import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.InstalledModels;
import dev.quarry.embed.ModelManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedding models of a workspace, each loaded when it is first asked for: a question about callers never pays. */
final class Models implements AutoCloseable {
    private final Optional<InstalledModels> installed;
    private final EmbedOptions options;
    private final Map<String, EmbeddingModel> loaded = new HashMap<>();

    Models(Optional<InstalledModels> installed, int threads) {
        this.installed = installed;
        this.options = new EmbedOptions(threads);
    }

    /**
     * The model of this id; empty if it is not on this machine, or if none is configured.
     *
     * @throws dev.quarry.schema.QuarryException MODEL_REFUSED if its files are not those of the manifest
     */
    synchronized Optional<EmbeddingModel> open(String id) {
        EmbeddingModel known = loaded.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<EmbeddingModel> opened = installed.flatMap(models -> models.open(id, options));
        opened.ifPresent(model -> loaded.put(id, model));
        return opened;
    }

    /** Whether any is to be used. */
    boolean isConfigured() {
        return installed.isPresent();
    }

    /** The model that ships with Quarry; empty if none is configured. */
    Optional<ModelManifest> bundled() {
        return installed.map(InstalledModels::bundled);
    }

    /** What is on this machine, the bundled one first. */
    List<ModelManifest> all() {
        return installed.map(InstalledModels::all).orElse(List.of());
    }

    /** Whether this model is loaded. */
    synchronized boolean isLoaded(String id) {
        return loaded.containsKey(id);
    }

    @Override
    public synchronized void close() {
        loaded.values().forEach(EmbeddingModel::close);
        loaded.clear();
    }
}
