package dev.quarry.server;

import dev.quarry.embed.InstalledModels;
import dev.quarry.graphdb.StoreOptions;
import java.util.Optional;

/**
 * How a workspace is opened.
 *
 * @param store the engine's part
 * @param writable whether index runs are wanted; without it the serving index is opened for reading alone
 * @param models where embedding models come from; empty for none, and searches without vectors
 * @param threads how many threads the model may use, at least 1
 */
public record WorkspaceOptions(StoreOptions store, boolean writable, Optional<InstalledModels> models, int threads) {
    /** For index runs, with the models of this user and all cores. */
    public static WorkspaceOptions forWriting() {
        return new WorkspaceOptions(
                StoreOptions.DEFAULT,
                true,
                Optional.of(InstalledModels.ofUser()),
                Runtime.getRuntime().availableProcessors());
    }

    /** For questions alone. */
    public static WorkspaceOptions forReading() {
        return new WorkspaceOptions(StoreOptions.DEFAULT, false, Optional.of(InstalledModels.ofUser()), 1);
    }
}
