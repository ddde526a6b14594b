package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import dev.quarry.ingest.LibraryMetadata.Published;
import dev.quarry.ingest.LibraryRequirement.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Resolves what a Gradle project is compiled against, as Gradle does: of several versions that are asked for the newest
 * wins; strict, forced, locked and managed versions win over that.
 */
final class GradleResolver {
    private static final int MAX_ROUNDS = 50;

    private final Map<GradleProject, GradleBuild> owners = new LinkedHashMap<>();
    private final Map<String, GradleProject> byKey = new HashMap<>();
    private final LibraryMetadata metadata;
    private final PomModels models;
    private final LocalRepository repository;

    /**
     * What a project is compiled against.
     *
     * @param missing coordinates of what is not on this machine
     * @param libraries {@code group:artifact} of all libraries that are part of it
     */
    record Result(List<Entry> entries, Set<String> missing, Set<String> libraries, List<GradleProject> siblings) {}

    GradleResolver(List<GradleBuild> builds, PomModels models, LocalRepository repository) {
        this.models = models;
        this.repository = repository;
        this.metadata = new LibraryMetadata(repository, models);
        for (GradleBuild build : builds) {
            for (GradleProject project : build.projects()) {
                owners.put(project, build);
                if (!project.key().isEmpty()) {
                    byKey.putIfAbsent(project.key(), project);
                }
            }
        }
    }

    Result resolve(GradleProject project) {
        GradleVersionChoice choice = new GradleVersionChoice(project, managed(project), repository);
        Map<String, String> chosen = Map.of();
        GradlePass pass = pass(project, choice, chosen);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Map<String, String> next = pass.selected(choice);
            if (next.equals(chosen)) {
                break;
            }
            chosen = next;
            pass = pass(project, choice, chosen);
        }
        return result(project, pass, chosen);
    }

    private GradlePass pass(GradleProject project, GradleVersionChoice choice, Map<String, String> chosen) {
        GradlePass pass = new GradlePass(metadata, this::projectOf, chosen, project);
        for (GradleDependency dependency : project.compiled()) {
            follow(dependency, project, Set.of(), pass);
        }
        choice.locked()
                .forEach((key, version) -> GradleNotation.of(key + ":" + version)
                        .ifPresent(library -> pass.ask(requirement(library, Kind.LIBRARY, false, Set.of()), Set.of())));
        pass.run();
        return pass;
    }

    private Optional<GradleProject> projectOf(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    private void follow(GradleDependency dependency, GradleProject owner, Set<String> inherited, GradlePass pass) {
        Set<String> exclusions = new HashSet<>(inherited);
        exclusions.addAll(dependency.exclusions());
        if (dependency.target().startsWith(":")) {
            GradleBuild build = owners.get(owner);
            if (build != null) {
                build.project(dependency.target()).ifPresent(found -> visit(found, exclusions, pass));
            }
            return;
        }
        if (dependency.kind() == GradleDependency.Kind.FILE) {
            return;
        }
        Kind kind = switch (dependency.kind()) {
            case PLATFORM, ENFORCED_PLATFORM -> Kind.PLATFORM;
            case CONSTRAINT -> Kind.CONSTRAINT;
            case LIBRARY, PROJECT, FILE -> Kind.LIBRARY;
        };
        boolean enforced = dependency.kind() == GradleDependency.Kind.ENFORCED_PLATFORM;
        GradleNotation.of(dependency.target()).ifPresent(library -> {
            GradleProject own = kind == Kind.LIBRARY ? byKey.get(library.key()) : null;
            if (own != null) {
                visit(own, exclusions, pass);
            } else {
                pass.ask(requirement(library, kind, enforced, dependency.exclusions()), inherited);
            }
        });
    }

    private void visit(GradleProject project, Set<String> exclusions, GradlePass pass) {
        if (pass.meet(project)) {
            project.exported().forEach(dependency -> follow(dependency, project, exclusions, pass));
        }
    }

    private static LibraryRequirement requirement(
            GradleNotation library, Kind kind, boolean enforced, Set<String> exclusions) {
        return new LibraryRequirement(
                library.group(),
                library.artifact(),
                library.version(),
                library.classifier(),
                kind,
                library.strict() || enforced,
                exclusions);
    }

    /** What Spring's dependency management plug-in sets: the imported bills of materials, and versions of its own. */
    private Map<String, String> managed(GradleProject project) {
        Map<String, String> managed = new HashMap<>(project.managed);
        List<String> boms = new ArrayList<>(project.managedBoms);
        String boot = project.plugins.getOrDefault("org.springframework.boot", "");
        if (!boot.isEmpty() && project.plugins.containsKey("io.spring.dependency-management")) {
            boms.addFirst("org.springframework.boot:spring-boot-dependencies:" + boot);
        }
        // A bill that is imported later wins over those before it.
        for (String bom : boms.reversed()) {
            GradleNotation.of(bom)
                    .flatMap(library -> models.of(library.group(), library.artifact(), library.version()))
                    .ifPresent(model -> model.managed()
                            .values()
                            .forEach(
                                    each -> managed.putIfAbsent(each.group() + ":" + each.artifact(), each.version())));
        }
        return managed;
    }

    private Result result(GradleProject project, GradlePass pass, Map<String, String> chosen) {
        List<Entry> entries = new ArrayList<>();
        Set<String> missing = new TreeSet<>();
        Set<String> libraries = new HashSet<>();
        files(project, entries, missing);
        pass.asked().forEach((key, requirements) -> {
            LibraryRequirement first = requirements.getFirst();
            String version = chosen.getOrDefault(key, "");
            boolean platform = first.kind() == Kind.PLATFORM;
            libraries.add(first.key());
            Optional<Published> published = metadata.of(first.group(), first.artifact(), version, platform);
            String coordinate = first.key() + ":" + (version.isEmpty() ? "?" : version);
            if (platform || published.filter(found -> !found.hasJar()).isPresent()) {
                if (published.isEmpty()) {
                    missing.add(first.key() + ":pom:" + version);
                }
                return;
            }
            Set<String> classifiers = new LinkedHashSet<>();
            requirements.forEach(requirement -> classifiers.add(requirement.classifier()));
            for (String classifier : classifiers) {
                Optional<Path> jar = jar(first, version, classifier, published);
                jar.ifPresent(file -> entries.add(new Entry(file, coordinate)));
                if (jar.isEmpty()) {
                    missing.add(classifier.isEmpty() ? coordinate : first.key() + ":jar:" + classifier + ":" + version);
                } else if (published.isEmpty()) {
                    missing.add(first.key() + ":pom:" + version);
                }
            }
        });
        return new Result(entries, missing, libraries, pass.siblings());
    }

    private Optional<Path> jar(
            LibraryRequirement library, String version, String classifier, Optional<Published> published) {
        Optional<Path> named = Optional.empty();
        if (classifier.isEmpty() && published.isPresent()) {
            named = published.get().files().stream()
                    .flatMap(name -> repository.file(library.group(), library.artifact(), version, name).stream())
                    .findFirst();
        }
        return named.or(() -> repository.jar(library.group(), library.artifact(), version, classifier));
    }

    /** The jars that a project names by their files; they have no coordinate but their names. */
    private static void files(GradleProject project, List<Entry> entries, Set<String> missing) {
        for (GradleDependency dependency : project.compiled()) {
            if (dependency.kind() == GradleDependency.Kind.FILE) {
                Path file = project.directory().resolve(dependency.target()).normalize();
                List<Path> jars = JarFiles.in(file);
                jars.forEach(jar -> entries.add(new Entry(jar, String.valueOf(jar.getFileName()))));
                if (jars.isEmpty() && dependency.target().endsWith(".jar")) {
                    missing.add(String.valueOf(file.getFileName()));
                }
            }
        }
    }
}
