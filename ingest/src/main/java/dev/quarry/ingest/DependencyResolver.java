package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import dev.quarry.ingest.Pom.Dependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Resolves the dependencies of modules against the local repository, as Maven does: of several versions the one nearest to
 * the module wins, of equally near ones the first.
 *
 * <p>Modules of the indexed repository count as sources; what they depend on is followed.
 */
final class DependencyResolver {
    private static final Set<String> JAR_TYPES = Set.of("", "jar", "bundle", "ejb", "maven-plugin", "test-jar");
    private static final Set<String> TRANSITIVE_SCOPES = Set.of("", "compile", "runtime");

    private final PomModels models;
    private final LocalRepository repository;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> siblings = new LinkedHashSet<>();

    DependencyResolver(PomModels models, LocalRepository repository) {
        this.models = models;
        this.repository = repository;
    }

    private record Step(Dependency dependency, Set<String> exclusions) {}

    /** Adds the class path of a module to what was found before; a library found before keeps its version. */
    void add(EffectivePom module) {
        Deque<Step> queue = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        seen.add(module.key() + ":jar");
        for (Dependency dependency : module.dependencies()) {
            queue.add(new Step(dependency, dependency.exclusions()));
        }
        while (!queue.isEmpty()) {
            Step step = queue.poll();
            if (seen.add(step.dependency().key())) {
                visit(step, module.managed(), queue);
            }
        }
    }

    private void visit(Step step, Map<String, Dependency> managed, Deque<Step> queue) {
        Dependency dependency = concrete(step.dependency());
        if (dependency.scope().equals("system") || !isUsable(dependency)) {
            return;
        }
        String key = dependency.group() + ":" + dependency.artifact();
        if (models.isReactor(key)) {
            siblings.add(key);
        } else {
            addJar(dependency);
        }
        Optional<EffectivePom> model = models.of(dependency.group(), dependency.artifact(), dependency.version());
        if (model.isEmpty()) {
            return;
        }
        for (Dependency child : model.get().dependencies()) {
            if (!child.optional()
                    && TRANSITIVE_SCOPES.contains(child.scope())
                    && !isExcluded(child, step.exclusions())) {
                Dependency managedChild = manage(child, managed);
                Set<String> exclusions = new HashSet<>(step.exclusions());
                exclusions.addAll(managedChild.exclusions());
                queue.add(new Step(managedChild, exclusions));
            }
        }
    }

    /** With the version that a range stands for; with the range where none of its versions is on this machine. */
    private Dependency concrete(Dependency dependency) {
        if (!VersionRange.isRange(dependency.version())) {
            return dependency;
        }
        Set<String> versions = repository.versions(dependency.group(), dependency.artifact());
        String version = MavenVersions.choose(dependency.version(), versions).orElse(dependency.version());
        return dependency.with(version, dependency.scope(), dependency.exclusions());
    }

    private static boolean isUsable(Dependency dependency) {
        return JAR_TYPES.contains(dependency.type()) || dependency.type().equals("pom");
    }

    private void addJar(Dependency dependency) {
        if (dependency.type().equals("pom")) {
            return;
        }
        boolean tests =
                dependency.type().equals("test-jar") && dependency.classifier().isEmpty();
        String classifier = tests ? "tests" : dependency.classifier();
        String library = dependency.group() + ":" + dependency.artifact();
        repository
                .jar(dependency.group(), dependency.artifact(), dependency.version(), classifier)
                .ifPresentOrElse(
                        jar -> entries.putIfAbsent(library + ":" + classifier, new Entry(jar, dependency.coordinate())),
                        () -> missing.add(
                                classifier.isEmpty()
                                        ? dependency.coordinate()
                                        : library + ":jar:" + classifier + ":" + dependency.version()));
    }

    /** The module's management decides the versions of what its dependencies bring along. */
    private static Dependency manage(Dependency child, Map<String, Dependency> managed) {
        Dependency manager = managed.get(child.key());
        if (manager == null) {
            return child;
        }
        Set<String> exclusions = new HashSet<>(child.exclusions());
        exclusions.addAll(manager.exclusions());
        String version = manager.version().isEmpty() ? child.version() : manager.version();
        return child.with(version, child.scope(), exclusions);
    }

    private static boolean isExcluded(Dependency dependency, Set<String> exclusions) {
        return exclusions.contains(dependency.group() + ":" + dependency.artifact())
                || exclusions.contains("*:*")
                || exclusions.contains(dependency.group() + ":*")
                || exclusions.contains("*:" + dependency.artifact());
    }

    List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** The repository's own modules that were met, as {@code group:artifact}, nearest first. */
    List<String> siblings() {
        return new ArrayList<>(siblings);
    }

    /** Coordinates of jars that are not on this machine. */
    Set<String> missing() {
        return missing;
    }
}
