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
        return Reply.ok(out -> Render.members(out, ModelDocuments.list(models, writers.backends())));
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
