package dev.quarry.cli;

import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.ModelSource;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.Runtime.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of {@code quarry doctor}. Each does the real thing once, on something of its own where it would change it. */
final class Checks {
    private static final Version JDK_MIN = Version.parse("25.0.3");
    private static final long DISK_BYTES_WANTED = 2L << 30;
    private static final Path WATCH_LIMIT = Path.of("/proc/sys/fs/inotify/max_user_watches");
    private static final long FOLDERS_WANTED = 65_536;
    private static final int GIB_SHIFT = 30;
    private static final int MIB_SHIFT = 20;

    private Checks() {}

    /** The JDK is one that native code can trust. */
    static Finding jdk() {
        Version version = Runtime.version();
        String detail = version + " at " + System.getProperty("java.home") + ", heap up to "
                + (Runtime.getRuntime().maxMemory() >> MIB_SHIFT) + " MiB";
        return version.feature() == JDK_MIN.feature() && version.compareTo(JDK_MIN) >= 0
                ? Finding.ok("JDK", detail)
                : Finding.failure("JDK", detail, "install JDK 25.0.3 or later and set QUARRY_JAVA_HOME to it");
    }

    /** The start-up cache is there. */
    static Finding startUpCache() {
        String home = System.getProperty("quarry.home", "");
        if (home.isEmpty()) {
            return Finding.warning(
                    "start-up cache", "Quarry was started without its launcher", "start it with ./quarry");
        }
        Path cache = Path.of(home, "cli", "target", "dist", "ask.aot");
        try {
            return Finding.ok("start-up cache", cache + ", " + (Files.size(cache) >> MIB_SHIFT) + " MiB");
        } catch (IOException absent) {
            return Finding.warning(
                    "start-up cache", "there is none, so commands start slowly", "make it with 'quarry --rebuild'");
        }
    }

    /** The engine's library loads, and a store can be made, written and read. */
    static Finding engine() {
        try {
            Path directory = Files.createTempDirectory("quarry-doctor");
            try (GraphStore store = GraphStore.open(directory, StoreOptions.DEFAULT)) {
                store.putMeta(Map.of("doctor", "was here"));
                return store.meta("doctor").equals(Optional.of("was here"))
                        ? Finding.ok("engine", "loads; a store can be made, written and read")
                        : Finding.failure("engine", "a store does not give back what was written", "report this");
            } finally {
                delete(directory);
            }
        } catch (QuarryException failure) {
            return Finding.failure("engine", failure.getMessage(), "build again with 'quarry --rebuild'");
        } catch (IOException | LinkageError failure) {
            return Finding.failure("engine", failure.toString(), "build again with 'quarry --rebuild'");
        }
    }

    /** The model's files are those of the signed manifest, and it makes vectors. */
    static Finding model() {
        try (EmbeddingModel model = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(1))) {
            int length = model.embed(List.of("check whether a string is blank"))[0].length;
            return length == model.dimension()
                    ? Finding.ok("model", model.id() + ", files as signed, vectors of " + length)
                    : Finding.failure(
                            "model", "makes vectors of " + length + " instead of " + model.dimension(), "report this");
        } catch (QuarryException failure) {
            return Finding.failure("model", failure.getMessage(), "build again with 'quarry --rebuild'");
        } catch (LinkageError failure) {
            return Finding.failure("model", failure.toString(), "see whether ONNX Runtime supports this machine");
        }
    }

    /** The store opens, or the server that holds it answers. */
    static Finding store(Optional<Path> place, Terminal terminal) {
        if (place.isEmpty()) {
            return Finding.warning("store", "nothing is indexed from here upwards", "run 'quarry index DIR'");
        }
        try (Source source = Stores.source(place.get(), terminal)) {
            Answer.Status status = source.status();
            String detail = place.get() + ", schema version " + status.schemaVersion() + ", commit "
                    + status.standing().sequence()
                    + (status.heldBy().isEmpty() ? "" : ", held by the server at " + status.heldBy());
            return status.standing().complete()
                    ? Finding.ok("store", detail)
                    : Finding.warning("store", detail + ", but the last run did not end", "run 'quarry index' again");
        } catch (QuarryException failure) {
            return Finding.failure("store", failure.getMessage(), remedy(failure.code()));
        }
    }

    /** The default port can be had. */
    static Finding port() {
        int port = ServerConfig.DEFAULT_PORT;
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("port", port + " is free");
        } catch (IOException failure) {
            return Finding.warning(
                    "port", port + " cannot be had (" + failure.getMessage() + ")", "serve with another one by --port");
        }
    }

    /** The system can tell a server of changes in many folders; only Linux says how many. */
    static Finding watches() {
        // In one read: of such a file the kernel gives the first all that it asks for, and a second one nothing.
        try (BufferedReader limit = Files.newBufferedReader(WATCH_LIMIT)) {
            long folders = Long.parseLong(String.valueOf(limit.readLine()).strip());
            String detail = "changes in up to " + folders + " folders can be told";
            return folders >= FOLDERS_WANTED
                    ? Finding.ok("watch", detail)
                    : Finding.warning("watch", detail, "raise it: sysctl fs.inotify.max_user_watches=1048576");
        } catch (IOException | NumberFormatException unknown) {
            return Finding.ok("watch", "this system names no limit of watched folders");
        }
    }

    /** There is room for a store, and it can be written. */
    static Finding disk(Path directory) {
        try {
            Path probe = Files.createTempFile(directory, ".quarry-doctor", "");
            Files.delete(probe);
            long free = Files.getFileStore(directory).getUsableSpace();
            String detail = (free >> GIB_SHIFT) + " GiB free at " + directory;
            return free >= DISK_BYTES_WANTED
                    ? Finding.ok("disk", detail)
                    : Finding.warning("disk", detail, "free some, or name a store elsewhere with --store");
        } catch (IOException failure) {
            return Finding.failure(
                    "disk", directory + " cannot be written: " + failure, "name a store elsewhere with --store");
        }
    }

    private static String remedy(ErrorCode code) {
        return switch (code) {
            case BUSY -> "end the process that holds it";
            case STORE_TOO_NEW -> "use the Quarry that wrote it";
            case STORE_DAMAGED -> "delete it and index again: everything in it comes from the sources";
            default -> "run 'quarry index DIR'";
        };
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
