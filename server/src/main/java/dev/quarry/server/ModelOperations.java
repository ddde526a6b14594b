package dev.quarry.server;

import dev.quarry.llm.BackendPool;
import java.util.List;

/** Tells of models, and changes over to another. */
final class ModelOperations {
    private final Backend backend;
    private final JobOperations jobs;
    private final BackendPool writers;

    /** Tells of the models that embed, and of those that write answers. */
    ModelOperations(Backend backend, JobOperations jobs, BackendPool writers) {
        this.writers = writers;
        this.backend = backend;
        this.jobs = jobs;
    }

    /** {@code getModels}. */
    Reply list(Call call) {
        List<ModelState> models = backend.models();
        return Reply.ok(out -> {
            out.writeArrayFieldStart("models");
            for (ModelState model : models) {
                out.writeStartObject();
                out.writeStringField("id", model.id());
                out.writeBooleanField("installed", model.installed());
                out.writeBooleanField("served", model.served());
                out.writeBooleanField("wanted", model.wanted());
                out.writeNumberField("vectors", model.vectors());
                out.writeEndObject();
            }
            out.writeEndArray();
            Render.members(out, new GatewayModels(writers.backends()).list());
        });
    }

    /** {@code useModel}. */
    Reply use(Call call) {
        String before = backend.models().stream()
                .filter(ModelState::wanted)
                .map(ModelState::id)
                .findFirst()
                .orElse("");
        String id = call.body().getString("use");
        backend.useModel(id);
        try {
            return jobs.start(call);
        } catch (RuntimeException refused) {
            if (!before.isEmpty()) {
                backend.useModel(before);
            }
            throw refused;
        }
    }
}
