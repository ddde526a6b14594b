package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.batch.FileSystem;

/** Where the compiler's core finds classes: the JDK that runs, then the jars given. */
final class EcjEnvironment extends FileSystem {
    private EcjEnvironment(Classpath[] paths) {
        super(paths, new String[0], false, null);
    }

    static EcjEnvironment of(List<Entry> jars) {
        List<Classpath> paths = new ArrayList<>();
        paths.add(getJrtClasspath(System.getProperty("java.home"), null, null, Map.of()));
        for (Entry jar : jars) {
            Path file = jar.jar().toAbsolutePath();
            Classpath path = getClasspath(file.toString(), null, null, Map.of(), null);
            if (path != null) {
                paths.add(path);
            }
        }
        return new EcjEnvironment(paths.toArray(Classpath[]::new));
    }
}
