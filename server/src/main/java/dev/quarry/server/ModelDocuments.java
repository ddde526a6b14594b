package dev.quarry.server;

import dev.quarry.llm.BackendConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of models, as the document of the contract. */
public final class ModelDocuments {
    private ModelDocuments() {}

    /** The models that embed, and the names by which clients of the gateway ask these backends. */
    public static Map<String, @Nullable Object> list(List<ModelState> models, List<BackendConfig> backends) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("models", models.stream().map(ModelDocuments::model).toList());
        tree.putAll(new GatewayModels(backends).list());
        return tree;
    }

    private static Map<String, Object> model(ModelState model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", model.id());
        tree.put("installed", model.installed());
        tree.put("served", model.served());
        tree.put("wanted", model.wanted());
        tree.put("vectors", model.vectors());
        return tree;
    }
}
