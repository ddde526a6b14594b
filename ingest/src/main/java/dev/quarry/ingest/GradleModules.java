package dev.quarry.ingest;

import dev.quarry.ingest.ClassPath.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The class path of each project of the Gradle builds of a repository. */
final class GradleModules {
    private final Path root;
    private final LocalRepository repository;
    private final List<Entry> given;

    /** With the jars that each project sees before its own. */
    GradleModules(Path root, LocalRepository repository, List<Entry> given) {
        this.root = root.toAbsolutePath().normalize();
        this.repository = repository;
        this.given = given;
    }

    /** The class path of the builds whose roots are these folders; without modules where there are none. */
    ClassPath of(Collection<Path> roots) {
        List<GradleBuild> builds = GradleBuild.read(root, roots);
        PomModels models = new PomModels(repository, MavenConfig.NONE);
        GradleResolver resolver = new GradleResolver(builds, models, repository);
        Map<Path, Entry> entries = new LinkedHashMap<>();
        Set<String> missing = new TreeSet<>();
        Set<String> libraries = new HashSet<>();
        List<ModuleClassPath> modules = new ArrayList<>();
        for (GradleBuild build : builds) {
            for (GradleProject project : build.projects()) {
                if (project.directory().startsWith(root) && holdsSources(project, build)) {
                    GradleResolver.Result result = resolver.resolve(project);
                    result.entries().forEach(entry -> entries.putIfAbsent(entry.jar(), entry));
                    missing.addAll(result.missing());
                    libraries.addAll(result.libraries());
                    modules.add(module(project, result));
                }
            }
            missing.addAll(build.unread());
        }
        models.missing().stream()
                .filter(pom -> !libraries.contains(pom.substring(0, pom.indexOf(":pom:"))))
                .forEach(missing::add);
        return new ClassPath(List.copyOf(entries.values()), List.copyOf(missing), List.of(), modules);
    }

    /** A project that only gathers others is no module, so that loose files below it see all jars. */
    private static boolean holdsSources(GradleProject project, GradleBuild build) {
        boolean gathers = build.projectsBelow(project, false).stream()
                .anyMatch(below -> below.directory().startsWith(project.directory()));
        return !gathers
                || !project.compiled().isEmpty()
                || Files.isDirectory(project.directory().resolve("src"));
    }

    private ModuleClassPath module(GradleProject project, GradleResolver.Result result) {
        List<Entry> entries = new ArrayList<>(given);
        entries.addAll(result.entries());
        String own = directory(project);
        List<String> siblings = result.siblings().stream()
                .filter(sibling -> sibling.directory().startsWith(root))
                .map(this::directory)
                .filter(directory -> !directory.equals(own))
                .distinct()
                .toList();
        return new ModuleClassPath(
                own, project.languageLevel(), project.encoding(), entries, List.copyOf(result.missing()), siblings);
    }

    private String directory(GradleProject project) {
        return IgnoreRules.slashed(root.relativize(project.directory()));
    }
}
