package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the jars to bind a repository against: those given, then those that its Maven or Gradle build names, as far as they
 * are on this machine. No network is used and no build is run. Where both tools build the root, Maven's files are read.
 */
final class ClassPathFinder {
    private static final int PACKED_POM_DEPTH = 4;

    private ClassPathFinder() {}

    static ClassPath find(Path root, IngestOptions options) {
        List<Entry> entries = new ArrayList<>();
        for (Path jar : options.extraClassPath()) {
            Path name = jar.getFileName();
            entries.add(new Entry(jar, name == null ? jar.toString() : name.toString()));
        }
        if (!options.readPoms()) {
            return new ClassPath(entries, List.of(), List.of(), List.of());
        }
        LocalRepository repository = LocalRepository.of(options);
        MavenConfig config = MavenConfig.of(root);
        List<Pom> poms = poms(root, config);
        List<Path> gradle = gradleRoots(root, poms);
        if (poms.isEmpty() && gradle.isEmpty()) {
            childFolders(root)
                    .forEach(folder -> collect(folder.resolve("pom.xml"), config, new LinkedHashSet<>(), poms));
            Set<Path> maven = folders(poms);
            childFolders(root).stream()
                    .filter(folder -> !maven.contains(folder) && GradleBuild.isRoot(folder))
                    .forEach(gradle::add);
        }
        ClassPath found = maven(root, poms, repository, entries);
        return gradle.isEmpty() ? found : join(found, new GradleModules(root, repository, entries).of(gradle));
    }

    /** The root's own Gradle build, if Maven does not build the root. */
    private static List<Path> gradleRoots(Path root, List<Pom> poms) {
        List<Path> roots = new ArrayList<>();
        if (poms.isEmpty() && GradleBuild.isRoot(root)) {
            roots.add(root);
        }
        return roots;
    }

    private static Set<Path> folders(List<Pom> poms) {
        Set<Path> folders = new LinkedHashSet<>();
        poms.forEach(pom -> folders.add(pom.file().getParent()));
        return folders;
    }

    private static ClassPath join(ClassPath one, ClassPath other) {
        Set<Entry> entries = new LinkedHashSet<>(one.entries());
        entries.addAll(other.entries());
        Set<String> missing = new TreeSet<>(one.missing());
        missing.addAll(other.missing());
        List<ModuleClassPath> modules = new ArrayList<>(one.modules());
        modules.addAll(other.modules());
        return new ClassPath(List.copyOf(entries), List.copyOf(missing), List.of(), modules);
    }

    private static ClassPath maven(Path root, List<Pom> poms, LocalRepository repository, List<Entry> given) {
        PomModels models = new PomModels(repository, MavenConfig.of(root));
        poms.forEach(models::addReactor);
        DependencyResolver resolver = new DependencyResolver(models, repository);
        for (Pom pom : poms) {
            resolver.add(models.effective(pom));
        }
        List<ModuleClassPath> modules =
                arePacked(root, poms) ? List.of() : new MavenModules(root, models, repository, given).of(poms);
        List<Entry> entries = new ArrayList<>(given);
        entries.addAll(resolver.entries());
        Set<String> missing = new TreeSet<>(resolver.missing());
        models.missing().stream()
                .filter(pom -> !missing.contains(pom.replace(":pom:", ":")))
                .forEach(missing::add);
        return new ClassPath(entries, List.copyOf(missing), List.of(), modules);
    }

    /** The poms that an unpacked jar of sources carries say nothing of where its files lie. */
    private static boolean arePacked(Path root, List<Pom> poms) {
        Path packed = root.resolve("META-INF");
        return poms.stream().anyMatch(pom -> pom.file().startsWith(packed));
    }

    /** The repository's poms: the root's with its modules; else those that an unpacked jar of sources carries. */
    private static List<Pom> poms(Path root, MavenConfig config) {
        Set<Path> files = new LinkedHashSet<>();
        List<Pom> found = new ArrayList<>();
        collect(root.resolve("pom.xml"), config, files, found);
        if (found.isEmpty()) {
            packedPoms(root).forEach(file -> collect(file, config, files, found));
        }
        return found;
    }

    private static void collect(Path file, MavenConfig config, Set<Path> files, List<Pom> found) {
        if (!Files.isRegularFile(file) || !files.add(file.normalize())) {
            return;
        }
        PomReader.read(file, config).ifPresent(pom -> {
            found.add(pom);
            Path folder = file.getParent();
            for (String module : pom.modules()) {
                if (folder != null && !module.isEmpty()) {
                    Path below = folder.resolve(module);
                    collect(Files.isDirectory(below) ? below.resolve("pom.xml") : below, config, files, found);
                }
            }
        });
    }

    private static List<Path> packedPoms(Path root) {
        Path folder = root.resolve("META-INF").resolve("maven");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, PACKED_POM_DEPTH)) {
            return files.filter(file -> file.endsWith("pom.xml")).sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    private static List<Path> childFolders(Path root) {
        return GradleCache.children(root);
    }
}
