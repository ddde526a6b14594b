package dev.quarry.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.quarry.schema.QuarryCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads ONNX Runtime from Quarry's cache, where its libraries are unpacked once.
 *
 * <p>On its own, ONNX Runtime unpacks its 28 MB anew at each start, and leaves them behind when the process is killed.
 * Where the cache cannot be used, or {@code onnxruntime.native.path} is set already, it is left to do as it does.
 */
final class OnnxLibrary {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OnnxLibrary() {}

    /** The environment of this process. */
    static synchronized OrtEnvironment environment() {
        if (System.getProperty(PATH_PROPERTY) == null) {
            try {
                System.setProperty(PATH_PROPERTY, unpacked().toString());
            } catch (IOException _) {
                System.clearProperty(PATH_PROPERTY); // slower, but it works without a cache
            }
        }
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    }

    /** The folder with the libraries of this version and machine. */
    private static Path unpacked() throws IOException {
        String version = OrtEnvironment.class.getPackage().getImplementationVersion();
        if (version == null) {
            throw new FileNotFoundException("ONNX Runtime is not in a jar that tells its version");
        }
        Path folder =
                QuarryCache.directory().resolve("native").resolve("onnxruntime").resolve(version + "-" + machine());
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            URL library = OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + machine() + "/" + file);
            if (library == null) {
                throw new FileNotFoundException("ONNX Runtime has no " + file + " for " + machine());
            }
            Path target = folder.resolve(file);
            URLConnection connection = library.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                if (!Files.exists(target) || Files.size(target) != connection.getContentLengthLong()) {
                    QuarryCache.write(target, () -> in);
                }
            }
        }
        return folder;
    }

    /** The machine as ONNX Runtime names it. */
    private static String machine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        String prefix = system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : system;
        return prefix + "-" + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
    }
}
