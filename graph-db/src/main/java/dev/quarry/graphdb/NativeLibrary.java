package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryCache;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the engine's library for this machine inside the jar, unpacks it once into Quarry's cache, and loads it. */
final class NativeLibrary {
    private static boolean isLoaded;

    private NativeLibrary() {}

    /** Loads the library, unless it is loaded; what has failed is tried again by the next call. */
    static synchronized void load() {
        if (!isLoaded) {
            loadFromJar();
            isLoaded = true;
        }
    }

    private static void loadFromJar() {
        String folder = "/native/" + system() + "-" + machine() + "/";
        String name = System.mapLibraryName("quarry_engine");
        try {
            System.load(unpack(folder, name).toString());
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the graph engine cannot be unpacked into " + QuarryCache.directory() + ": " + e
                            + "; make that directory writable, or set QUARRY_CACHE to one that is",
                    e);
        } catch (UnsatisfiedLinkError e) {
            throw new QuarryException(
                    ErrorCode.INTERNAL,
                    "the graph engine cannot be loaded: " + e.getMessage()
                            + "; if it is blocked, start Java with --enable-native-access=ALL-UNNAMED",
                    e);
        }
    }

    /**
     * Where the library lies unpacked. Its folder is named by its id, so that two versions never meet; the rename makes a
     * half-written library impossible, also when several processes unpack at once.
     */
    private static Path unpack(String folder, String name) throws IOException {
        String id = new String(read(folder + "id"), StandardCharsets.UTF_8);
        Path target = QuarryCache.directory()
                .resolve("native")
                .resolve("lib")
                .resolve(id)
                .resolve(name);
        if (!Files.exists(target)) {
            QuarryCache.write(target, () -> resource(folder + name));
        }
        return target;
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = resource(resource)) {
            return in.readAllBytes();
        }
    }

    private static InputStream resource(String name) {
        InputStream in = NativeLibrary.class.getResourceAsStream(name);
        if (in == null) {
            throw new QuarryException(
                    ErrorCode.INTERNAL,
                    "this build of Quarry has no graph engine for " + system() + "-" + machine() + " (" + name
                            + " is missing): build Quarry on this machine");
        }
        return in;
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "macos" : name;
    }

    private static String machine() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }
}
