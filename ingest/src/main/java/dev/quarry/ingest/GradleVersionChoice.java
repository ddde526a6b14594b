package dev.quarry.ingest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses among the versions of a library that are asked for. */
final class GradleVersionChoice {
    private final Map<String, String> forced;
    private final Map<String, String> locked;
    private final Map<String, String> managed;
    private final Set<String> direct = new HashSet<>();
    private final LocalRepository repository;

    /** For a project, with the versions that Spring's dependency management plug-in sets. */
    GradleVersionChoice(GradleProject project, Map<String, String> managed, LocalRepository repository) {
        this.forced = project.forced;
        this.locked = GradleLocks.of(project.directory());
        this.managed = managed;
        this.repository = repository;
        for (GradleDependency dependency : project.compiled()) {
            GradleNotation.of(dependency.target())
                    .filter(library -> !library.version().isEmpty())
                    .ifPresent(library -> direct.add(library.key()));
        }
    }

    /** Locked versions by {@code group:artifact}. */
    Map<String, String> locked() {
        return locked;
    }

    /** The version that these requirements of one library, or bill of materials, lead to; empty where none names any. */
    String of(List<LibraryRequirement> requirements, boolean platform) {
        LibraryRequirement first = requirements.getFirst();
        String key = first.key();
        String set = forced.getOrDefault(key, locked.getOrDefault(key, ""));
        if (!set.isEmpty()) {
            return set;
        }
        if (!platform && managed.containsKey(key) && !direct.contains(key)) {
            return managed.getOrDefault(key, "");
        }
        Optional<String> strict = requirements.stream()
                .filter(requirement ->
                        requirement.strict() && !requirement.version().isEmpty())
                .map(LibraryRequirement::version)
                .findFirst();
        List<String> wanted = requirements.stream()
                .map(LibraryRequirement::version)
                .filter(version -> !version.isEmpty())
                .map(version -> concrete(first, version))
                .toList();
        return strict.map(version -> concrete(first, version))
                .or(() -> GradleVersions.newest(wanted))
                .orElse("");
    }

    /** Of a selector, the newest version on this machine that it stands for; itself where there is none. */
    private String concrete(LibraryRequirement library, String version) {
        return GradleVersions.isDynamic(version)
                ? GradleVersions.newest(version, repository.versions(library.group(), library.artifact()))
                        .orElse(version)
                : version;
    }
}
