package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.batch.FileSystem;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Where the compiler's core finds classes: the JDK that runs, the sources of the modules that a module depends on, its
 * jars, and last the sources of all other modules.
 */
final class EcjEnvironment extends FileSystem {
    private final Set<String> knownClasses;

    private EcjEnvironment(Classpath[] paths, Set<String> knownClasses) {
        super(paths, new String[0], false, null);
        this.knownClasses = knownClasses;
    }

    /** Whether there is a class file or a source of a top-level type; no source is parsed. */
    boolean isThere(char[][] name) {
        String qualified = CharOperation.toString(name);
        if (knownClasses.contains(qualified)) {
            return true;
        }
        NameEnvironmentAnswer answer = findType(name);
        if (answer != null && answer.isBinaryType()) {
            knownClasses.add(qualified);
        }
        return answer != null;
    }

    /** The jars and the JDK's classes, opened once for all modules and runs; for one thread at a time. */
    static final class Shared implements AutoCloseable {
        private final Map<Path, @Nullable Classpath> opened = new HashMap<>();
        /** By module, the classes of its jars and the JDK that were asked for: they do not change. */
        private final Map<String, Set<String>> knownClasses = new HashMap<>();

        private final Classpath jdk = getJrtClasspath(System.getProperty("java.home"), null, null, Map.of());

        /** The environment of one module. */
        EcjEnvironment of(BindingModule bound, List<Entry> jars, RepositoryTypes types) {
            ModuleClassPath module = bound.module();
            List<Classpath> paths = new ArrayList<>();
            if (!bound.rest().isEmpty()) {
                paths.add(new SiblingSources("rest", RepositoryTypes.ofRest(bound), _ -> 0));
            }
            paths.add(jdk);
            List<String> siblings = module.siblings();
            String own = module.directory();
            paths.add(new SiblingSources("siblings", types, siblings::indexOf));
            for (Entry jar : jars) {
                Classpath path = opened.computeIfAbsent(jar.jar().toAbsolutePath(), Shared::open);
                if (path != null) {
                    paths.add(path);
                }
            }
            Set<String> seen = Set.copyOf(siblings);
            paths.add(new SiblingSources(
                    "others",
                    types,
                    directory -> directory.equals(own) || seen.contains(directory) ? SiblingSources.HIDDEN : 0));
            return new EcjEnvironment(
                    paths.toArray(Classpath[]::new),
                    knownClasses.computeIfAbsent(module.directory(), _ -> new HashSet<>()));
        }

        private static @Nullable Classpath open(Path jar) {
            return getClasspath(jar.toString(), null, null, Map.of(), null);
        }

        @Override
        public void close() {
            jdk.reset();
            opened.values().forEach(path -> {
                if (path != null) {
                    path.reset();
                }
            });
        }
    }
}
