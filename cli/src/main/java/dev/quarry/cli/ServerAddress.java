package dev.quarry.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    /** The states of a process that has ended: a zombie, or dead. */
    private static final String ENDED = "ZXx";

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    /** The server that holds this store; empty if none does. */
    static Optional<ServerAddress> of(Path store) {
        Path file = file(store);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2) {
                return Optional.empty();
            }
            long process = Long.parseLong(lines.get(1));
            Optional<Instant> start = start(process);
            // What a killed server left behind; another process may have its number now, in a container mostly.
            if (start.isEmpty() || (lines.size() > 2 && !isSame(Long.parseLong(lines.get(2)), start.get()))) {
                return Optional.empty();
            }
            return Optional.of(new ServerAddress(URI.create(lines.getFirst()), process));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** When a process began; the epoch where the system does not tell, and empty if none of this number is at work. */
    private static Optional<Instant> start(long process) {
        return ProcessHandle.of(process)
                .filter(handle -> !isEnded(process))
                .map(handle -> handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /**
     * Whether a process has ended and only its number is left, until its parent asks how it ended. In a container there may
     * be nobody who does. Linux tells; elsewhere a process that is known is taken for one at work.
     */
    private static boolean isEnded(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"), ISO_8859_1);
            // The number, the name in parentheses, which may hold any character, and the state.
            int state = stat.lastIndexOf(')') + 2;
            return state < stat.length() && ENDED.indexOf(stat.charAt(state)) >= 0;
        } catch (IOException notTold) {
            return false;
        }
    }

    /** The file that says so of this store; without it no server does. */
    static Path file(Path store) {
        return store.resolve(FILE);
    }

    /** Whether both may be one time: the system derives it anew from its clock for each that asks. */
    private static boolean isSame(long written, Instant start) {
        return Math.abs(written - start.toEpochMilli()) <= CLOCK_TOLERANCE.toMillis();
    }

    /** Leaves the address in the store's directory. */
    void write(Path store) {
        try {
            Files.writeString(store.resolve(PORT_FILE), address.getPort() + "\n");
            long start = start(process).orElse(Instant.EPOCH).toEpochMilli();
            Files.writeString(store.resolve(FILE), address + "\n" + process + "\n" + start + "\n");
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
