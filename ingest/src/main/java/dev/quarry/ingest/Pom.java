package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pom.xml as written, with what its active profiles add: nothing inherited, no property replaced. What is not written is
 * empty.
 *
 * @param file where it was read from
 * @param packaging empty for a jar
 * @param languageLevel the level that its compiler is configured with; it may be a property; empty if none is
 * @param encoding the encoding that its compiler is configured with; it may be a property; empty if none is
 * @param modules the directories of its modules, relative to its own
 */
record Pom(
        Path file,
        String group,
        String artifact,
        String version,
        Parent parent,
        String packaging,
        String languageLevel,
        String encoding,
        Map<String, String> properties,
        List<Dependency> dependencies,
        List<Dependency> managed,
        List<String> modules) {
    Pom {
        properties = Map.copyOf(properties);
        dependencies = List.copyOf(dependencies);
        managed = List.copyOf(managed);
        modules = List.copyOf(modules);
    }

    /** The parent's coordinate, all empty where there is none. */
    record Parent(String group, String artifact, String version, String relativePath) {
        static final Parent NONE = new Parent("", "", "", "");
    }

    /**
     * A dependency as written.
     *
     * @param exclusions {@code group:artifact}, with {@code *} for any
     */
    record Dependency(
            String group,
            String artifact,
            String version,
            String type,
            String classifier,
            String scope,
            boolean optional,
            Set<String> exclusions) {
        Dependency {
            exclusions = Set.copyOf(exclusions);
        }

        /** What tells one dependency from another in mediation and management. */
        String key() {
            String kind = type.isEmpty() ? "jar" : type;
            return group + ":" + artifact + ":" + kind + (classifier.isEmpty() ? "" : ":" + classifier);
        }

        Dependency with(String newVersion, String newScope, Set<String> newExclusions) {
            return new Dependency(group, artifact, newVersion, type, classifier, newScope, optional, newExclusions);
        }

        String coordinate() {
            return group + ":" + artifact + ":" + (version.isEmpty() ? "?" : version);
        }
    }
}
