package dev.quarry.ingest;

import dev.quarry.ingest.LibraryMetadata.Published;
import dev.quarry.ingest.LibraryRequirement.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One walk through what a Gradle project asks for, with the versions that the walk before has chosen. What it meets decides
 * on the versions of the next; the choice is made when a walk meets what it began with.
 */
final class GradlePass {
    private static final String PLATFORM = "platform ";

    private final LibraryMetadata metadata;
    private final Function<String, Optional<GradleProject>> projects;
    private final Map<String, String> chosen;
    private final GradleProject root;
    private final Map<String, List<LibraryRequirement>> asked = new LinkedHashMap<>();
    private final Map<String, List<LibraryRequirement>> constraints = new HashMap<>();
    private final Map<String, Set<String>> excluded = new HashMap<>();
    private final Set<GradleProject> siblings = new LinkedHashSet<>();
    private final Deque<String> queue = new ArrayDeque<>();

    GradlePass(
            LibraryMetadata metadata,
            Function<String, Optional<GradleProject>> projects,
            Map<String, String> chosen,
            GradleProject root) {
        this.metadata = metadata;
        this.projects = projects;
        this.chosen = chosen;
        this.root = root;
    }

    /** Notes a project that is depended on; whether it was not met yet. */
    boolean meet(GradleProject project) {
        return !project.equals(root) && siblings.add(project);
    }

    /** Asks for a library, given what those leave out who bring it along. */
    void ask(LibraryRequirement requirement, Set<String> inherited) {
        if (requirement.kind() == Kind.CONSTRAINT) {
            constraints
                    .computeIfAbsent(requirement.key(), _ -> new ArrayList<>())
                    .add(requirement);
            return;
        }
        boolean platform = requirement.kind() == Kind.PLATFORM;
        if (!platform && (isExcluded(requirement, inherited) || isExcluded(requirement, root.exclusions))) {
            return;
        }
        Optional<GradleProject> own = platform ? Optional.empty() : projects.apply(requirement.key());
        if (own.isPresent()) {
            meet(own.get());
            return;
        }
        String key = (platform ? PLATFORM : "") + requirement.key();
        asked.computeIfAbsent(key, _ -> new ArrayList<>()).add(requirement);
        Set<String> exclusions = new HashSet<>(inherited);
        exclusions.addAll(requirement.exclusions());
        Set<String> before = excluded.get(key);
        if (before != null) {
            exclusions.retainAll(before);
        }
        // What only some of those leave out who ask for it is part of the class path.
        if (before == null || exclusions.size() < before.size()) {
            excluded.put(key, exclusions);
            queue.add(key);
        }
    }

    private static boolean isExcluded(LibraryRequirement library, Set<String> exclusions) {
        return exclusions.contains(library.key())
                || exclusions.contains("*:*")
                || exclusions.contains(library.group() + ":*")
                || exclusions.contains("*:" + library.artifact());
    }

    /** Follows all that is asked for. */
    void run() {
        while (!queue.isEmpty()) {
            String key = queue.poll();
            List<LibraryRequirement> requirements = asked.getOrDefault(key, List.of());
            LibraryRequirement first = requirements.getFirst();
            boolean platform = first.kind() == Kind.PLATFORM;
            String version = chosen.getOrDefault(key, first.version());
            Optional<Published> published = metadata.of(first.group(), first.artifact(), version, platform);
            Set<String> exclusions = excluded.getOrDefault(key, Set.of());
            boolean enforced = platform && requirements.stream().anyMatch(LibraryRequirement::strict);
            published.ifPresent(found ->
                    found.requirements().forEach(child -> ask(enforced ? enforced(child) : child, exclusions)));
        }
    }

    private static LibraryRequirement enforced(LibraryRequirement child) {
        return new LibraryRequirement(
                child.group(),
                child.artifact(),
                child.version(),
                child.classifier(),
                child.kind(),
                true,
                child.exclusions());
    }

    /** The versions that what was met decides on. */
    Map<String, String> selected(GradleVersionChoice choice) {
        Map<String, String> selected = new HashMap<>();
        asked.forEach((key, requirements) -> {
            boolean platform = key.startsWith(PLATFORM);
            List<LibraryRequirement> all = new ArrayList<>(requirements);
            if (!platform) {
                all.addAll(constraints.getOrDefault(key, List.of()));
            }
            selected.put(key, choice.of(all, platform));
        });
        return selected;
    }

    /** What was asked for, by library and by bill of materials, nearest first. */
    Map<String, List<LibraryRequirement>> asked() {
        return asked;
    }

    /** The projects that were met, nearest first. */
    List<GradleProject> siblings() {
        return List.copyOf(siblings);
    }
}
