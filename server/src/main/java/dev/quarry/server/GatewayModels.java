package dev.quarry.server;

import dev.quarry.llm.BackendConfig;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names by which clients of the gateway ask: {@code auto} for the backends in their order, the name of a backend or of a
 * backend's model, and each of these behind {@code quarry/}, which gives the model the code too.
 */
final class GatewayModels {
    private static final String AUTO = "auto";
    private static final String QUARRY = "quarry/";

    /** When a model was made is not known; the formats want a time. */
    private static final String UNKNOWN_TIME = "1970-01-01T00:00:00Z";

    private final List<BackendConfig> backends;

    GatewayModels(List<BackendConfig> backends) {
        this.backends = List.copyOf(backends);
    }

    /**
     * What a name means.
     *
     * @param context whether the model is given the code
     * @param any whether it is left to the order of preference who answers
     * @param backends who may answer, the preferred one first
     */
    record Choice(boolean context, boolean any, List<BackendConfig> backends) {
        /** Copies the list. */
        Choice {
            backends = List.copyOf(backends);
        }

        List<String> names() {
            return backends.stream().map(BackendConfig::name).toList();
        }

        /** The same with the code. */
        Choice withContext() {
            return new Choice(true, any, backends);
        }
    }

    /**
     * What a name means.
     *
     * @throws WireException 404 if nothing is called so
     */
    Choice choose(String model) {
        boolean context = model.startsWith(QUARRY);
        String name = context ? model.substring(QUARRY.length()) : model;
        if (name.equals(AUTO)) {
            return new Choice(context, true, backends);
        }
        List<BackendConfig> named = backends.stream()
                .filter(backend ->
                        backend.name().equals(name) || backend.model().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new WireException(new WireError(
                    404,
                    "there is no model '" + model + "': ask for one of " + String.join(", ", names()),
                    Optional.of("model"),
                    Optional.of("model_not_found"),
                    Map.of()));
        }
        return new Choice(context, false, named);
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add(AUTO);
        backends.forEach(backend -> names.add(backend.name()));
        backends.forEach(backend -> names.add(backend.model()));
        Set<String> all = new LinkedHashSet<>(names);
        names.forEach(name -> all.add(QUARRY + name));
        return all;
    }

    /** The members of a list of models, as both wire formats have them. */
    Map<String, @Nullable Object> list() {
        List<Object> models = new ArrayList<>();
        for (String name : names()) {
            models.add(new JsonObject()
                    .put("id", name)
                    .put("object", "model")
                    .put("created", 0)
                    .put("owned_by", "quarry")
                    .put("type", "model")
                    .put("display_name", name)
                    .put("created_at", UNKNOWN_TIME)
                    .getMap());
        }
        return new JsonObject()
                .put("object", "list")
                .put("data", models)
                .put("has_more", false)
                .put("first_id", AUTO)
                .put("last_id", List.copyOf(names()).getLast())
                .getMap();
    }
}
