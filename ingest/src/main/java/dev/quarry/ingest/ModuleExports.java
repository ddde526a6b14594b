package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What modules export that are not the JDK's: those that the repository's descriptors declare, and those of jars. Of a jar
 * without a descriptor these are all of its packages. Jars are looked into when a module is asked for that no descriptor
 * declares. For one run, in one thread.
 */
final class ModuleExports {
    private static final String TRANSITIVE = "transitive";
    private static final Map<String, Exports> JDK = JdkPackages.modules().stream()
            .map(ModuleReference::descriptor)
            .collect(Collectors.toUnmodifiableMap(java.lang.module.ModuleDescriptor::name, ModuleExports::of));

    private final Map<String, ModuleDescriptor> byPath;
    private final Map<String, Exports> declared = new HashMap<>();
    private final Map<Path, Map<String, Exports>> jars = new HashMap<>();

    /**
     * What one module exports.
     *
     * @param packages the modules that it exports each to; none for one that it exports to all
     * @param transitive the modules that it hands on
     */
    private record Exports(Map<String, Set<String>> packages, List<String> transitive) {}

    /**
     * What the import of a module brings.
     *
     * @param packages those that the module, and those that it hands on, export to the importing one
     * @param jdk the modules of the JDK that it hands on, but for those that another of these hands on
     * @param unknown modules that it hands on and of which nothing is known
     */
    record Imported(Set<String> packages, Set<String> jdk, Set<String> unknown) {}

    /** With the descriptors of a repository by their paths. */
    ModuleExports(Map<String, ModuleDescriptor> byPath) {
        this.byPath = Map.copyOf(byPath);
        byPath.values().forEach(each -> declared.putIfAbsent(each.name(), of(each)));
    }

    /**
     * What the files of one module may import.
     *
     * @param directory that of the module
     * @param directories those of all modules
     */
    Seen from(String directory, Collection<String> directories, List<Entry> entries) {
        String importer = byPath.entrySet().stream()
                .filter(each -> nearest(each.getKey(), directories).equals(directory))
                .min(Map.Entry.comparingByKey())
                .map(each -> each.getValue().name())
                .orElse("");
        return new Seen(importer, entries);
    }

    private static String nearest(String path, Collection<String> directories) {
        return directories.stream()
                .filter(directory -> path.startsWith(directory + "/"))
                .reduce("", (one, other) -> one.length() < other.length() ? other : one);
    }

    private static Exports of(ModuleDescriptor descriptor) {
        Map<String, Set<String>> packages = new HashMap<>();
        List<String> transitive = descriptor.named.stream()
                .filter(each -> each.role().equals("module")
                        && List.of(each.detail().split(" ")).contains(TRANSITIVE))
                .map(ModuleDescriptor.Named::name)
                .toList();
        descriptor.named.stream()
                .filter(each -> each.role().equals("exports"))
                .forEach(each -> packages.put(
                        each.name(),
                        each.detail().isEmpty()
                                ? Set.of()
                                : Set.of(each.detail().substring("to ".length()).split(", "))));
        return new Exports(packages, transitive);
    }

    private static Map<String, Exports> read(Path jar) {
        try {
            return ModuleFinder.of(jar).findAll().stream()
                    .map(ModuleReference::descriptor)
                    .collect(Collectors.toMap(
                            java.lang.module.ModuleDescriptor::name, ModuleExports::of, (one, _) -> one));
        } catch (FindException _) {
            return Map.of(); // it is no module, which its classes can do without
        }
    }

    private static Exports of(java.lang.module.ModuleDescriptor module) {
        Map<String, Set<String>> packages = new HashMap<>();
        if (module.isAutomatic()) {
            module.packages().forEach(name -> packages.put(name, Set.of()));
        }
        module.exports().forEach(each -> packages.put(each.source(), each.targets()));
        List<String> transitive = module.requires().stream()
                .filter(each ->
                        each.modifiers().contains(java.lang.module.ModuleDescriptor.Requires.Modifier.TRANSITIVE))
                .map(java.lang.module.ModuleDescriptor.Requires::name)
                .toList();
        return new Exports(packages, transitive);
    }

    /** The modules of the JDK that one of them hands on, and those that these do. */
    private static Set<String> handedOn(String module) {
        Set<String> found = new HashSet<>();
        Exports exports = JDK.get(module);
        for (String next : exports == null ? List.<String>of() : exports.transitive()) {
            if (found.add(next)) {
                found.addAll(handedOn(next));
            }
        }
        return found;
    }

    /** The modules that the files of one module may import. */
    final class Seen {
        private final String importer;
        private final List<Entry> entries;

        private Seen(String importer, List<Entry> entries) {
            this.importer = importer;
            this.entries = entries;
        }

        /** What an import of a module brings; empty where nothing is known of the module, and for those of the JDK. */
        Optional<Imported> imported(String module) {
            if (JDK.containsKey(module) || find(module).isEmpty()) {
                return Optional.empty();
            }
            Imported imported = new Imported(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
            collect(module, imported, new HashSet<>());
            Set.copyOf(imported.jdk()).forEach(each -> imported.jdk().removeAll(handedOn(each)));
            return Optional.of(imported);
        }

        /** Whether this is a module of the JDK. */
        boolean isOfJdk(String module) {
            return JDK.containsKey(module);
        }

        private void collect(String module, Imported imported, Set<String> seen) {
            if (!seen.add(module)) {
                return;
            }
            if (JDK.containsKey(module)) {
                imported.jdk().add(module);
                return;
            }
            Exports exports = find(module).orElse(null);
            if (exports == null) {
                imported.unknown().add(module);
                return;
            }
            exports.packages().forEach((name, to) -> {
                if (to.isEmpty() || to.contains(importer)) {
                    imported.packages().add(name);
                }
            });
            exports.transitive().forEach(next -> collect(next, imported, seen));
        }

        private Optional<Exports> find(String module) {
            Exports own = declared.get(module);
            return own != null
                    ? Optional.of(own)
                    : entries.stream()
                            .map(entry -> jars.computeIfAbsent(entry.jar(), ModuleExports::read))
                            .filter(modules -> modules.containsKey(module))
                            .map(modules -> modules.get(module))
                            .findFirst();
        }
    }
}
