package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens what answers: the server that holds the store. */
final class Sources {
    private Sources() {}

    /** What answers for this store. */
    static Source open(Path store, Places places) {
        ServerAddress server = ServerAddress.of(store)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.NOT_FOUND, "no server holds the store " + store + ": start one with 'quarry serve'"));
        return new RemoteSource(ServerClient.of(store, server, places));
    }

    /** How places of this store's repository are shown. */
    static Places places(Path store, Terminal terminal) {
        Optional<Path> root = store.endsWith(StoreLocation.DIRECTORY)
                ? Optional.ofNullable(store.toAbsolutePath().getParent())
                : Optional.empty();
        return new Places(root, terminal);
    }
}
