package dev.quarry.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The base module of the JDK that runs, whose sources come with it. */
final class JdkSources {
    static final String MODULE = "java.base";

    private JdkSources() {}

    /** Unpacks the sources into a directory; empty if this JDK came without them. */
    static Optional<Subject> unpack(Path work) throws IOException {
        Path archive = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        if (!Files.isRegularFile(archive)) {
            return Optional.empty();
        }
        Path sources = work.resolve(MODULE);
        LibraryFetch.unpack(archive, MODULE + "/", sources);
        Path classes = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", MODULE);
        String title = MODULE + " " + Runtime.version();
        return Optional.of(new Subject(title, sources, List.of(classes), List.of()));
    }
}
