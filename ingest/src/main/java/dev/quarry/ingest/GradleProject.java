package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A project of a Gradle build, filled while its scripts are read. For one thread. */
final class GradleProject {
    private final String path;
    private final Path directory;
    private final GradleScope scope;
    final List<GradleDependency> dependencies = new ArrayList<>();
    /** Bills of materials of the dependency management plug-in, {@code group:artifact:version}. */
    final List<String> managedBoms = new ArrayList<>();
    /** Versions that the dependency management plug-in is given, by {@code group:artifact}. */
    final Map<String, String> managed = new HashMap<>();
    /** Versions that are forced, by {@code group:artifact}. */
    final Map<String, String> forced = new HashMap<>();
    /** What all configurations leave out. */
    final Set<String> exclusions = new HashSet<>();
    /** The versions of plug-ins, by id; empty where none is written. */
    final Map<String, String> plugins = new HashMap<>();
    /** Which configurations a configuration extends. */
    final Map<String, Set<String>> extended = new HashMap<>();

    private final Set<Path> applied = new HashSet<>();
    private String release = "";
    private String sourceLevel = "";
    private String toolchain = "";
    private String encoding = "";

    GradleProject(String path, Path directory, GradleScope scope) {
        this.path = path;
        this.directory = directory;
        this.scope = scope;
    }

    /** As {@code :core:api}; {@code :} for the root. */
    String path() {
        return path;
    }

    Path directory() {
        return directory;
    }

    GradleScope scope() {
        return scope;
    }

    /** Its own name. */
    String name() {
        return scope.find(List.of("name")).map(BuildValue::asText).orElse("");
    }

    /** {@code group:name}; empty where it has no group. */
    String key() {
        String group = scope.find(List.of("group")).map(BuildValue::asText).orElse("");
        return group.isEmpty() ? "" : group + ":" + name();
    }

    /** Notes that a script is applied; whether it was not yet. */
    boolean apply(Path script) {
        return applied.add(script);
    }

    void setRelease(String level) {
        release = level;
    }

    void setSourceLevel(String level) {
        sourceLevel = level;
    }

    void setToolchain(String level) {
        toolchain = level;
    }

    void setEncoding(String name) {
        encoding = name;
    }

    /** The encoding of its sources; empty where none is declared. */
    String encoding() {
        return encoding;
    }

    /** The Java language level of its sources; empty where none is declared. */
    String languageLevel() {
        return Optional.of(release)
                .filter(level -> !level.isEmpty())
                .or(() -> Optional.of(sourceLevel).filter(level -> !level.isEmpty()))
                .orElse(toolchain);
    }

    /** The dependencies that its sources are compiled against. */
    List<GradleDependency> compiled() {
        Set<String> reached = new HashSet<>();
        extended.forEach((configuration, parents) -> {
            if (GradleDependency.isCompiled(configuration)) {
                reach(parents, reached);
            }
        });
        return dependencies.stream()
                .filter(dependency -> GradleDependency.isCompiled(dependency.configuration())
                        || dependency.setsVersions()
                        || reached.contains(dependency.configuration()))
                .toList();
    }

    private void reach(Set<String> configurations, Set<String> reached) {
        for (String configuration : configurations) {
            if (reached.add(configuration)) {
                reach(extended.getOrDefault(configuration, Set.of()), reached);
            }
        }
    }

    /** The dependencies that those see who depend on it. */
    List<GradleDependency> exported() {
        return dependencies.stream()
                .filter(dependency -> GradleDependency.isExported(dependency.configuration()))
                .toList();
    }
}
