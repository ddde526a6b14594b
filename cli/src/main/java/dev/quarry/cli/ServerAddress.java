package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the server is that holds a store. A server leaves it in the store's directory while it runs, so that other
 * commands can ask it: a store has one holder at a time.
 *
 * @param address what it listens at
 * @param process the id of its process
 */
record ServerAddress(URI address, long process) {
    private static final String FILE = "server";

    /** The port alone, for scripts. */
    private static final String PORT_FILE = "port";

    /** The server that holds this store; empty if none does. */
    static Optional<ServerAddress> of(Path store) {
        Path file = store.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2) {
                return Optional.empty();
            }
            long process = Long.parseLong(lines.get(1));
            // What a killed server left behind.
            if (ProcessHandle.of(process).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ServerAddress(URI.create(lines.getFirst()), process));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Leaves the address in the store's directory. */
    void write(Path store) {
        try {
            Files.writeString(store.resolve(PORT_FILE), address.getPort() + "\n");
            Files.writeString(store.resolve(FILE), address + "\n" + process + "\n");
        } catch (IOException failure) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the server's address cannot be written into " + store + " (" + failure.getMessage()
                            + "): free space there, or name another directory with --store",
                    failure);
        }
    }

    /** Takes the address back. */
    static void remove(Path store) {
        try {
            Files.deleteIfExists(store.resolve(FILE));
            Files.deleteIfExists(store.resolve(PORT_FILE));
        } catch (IOException ignored) {
            // The process id in it tells that the server is gone.
        }
    }
}
