package dev.quarry.ingest;

import dev.quarry.ingest.LibraryRequirement.Kind;
import dev.quarry.ingest.Pom.Dependency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What published libraries ask of those who compile against them: from the module file that Gradle publishes where it is on
 * this machine, else from the pom. For one thread.
 */
final class LibraryMetadata {
    private static final Set<String> LIBRARY_CATEGORIES = Set.of("", "library");
    private static final Set<String> PLATFORM_CATEGORIES = Set.of("platform", "enforced-platform");
    private static final Set<String> JAR_TYPES = Set.of("", "jar", "bundle");

    private final LocalRepository repository;
    private final PomModels models;
    private final Map<String, Optional<Published>> cache = new HashMap<>();

    /**
     * A version of a library, or of a bill of materials.
     *
     * @param files the names of its jars; empty where it has the usual one
     * @param hasJar whether it has any
     */
    record Published(List<LibraryRequirement> requirements, List<String> files, boolean hasJar) {
        Published {
            requirements = List.copyOf(requirements);
            files = List.copyOf(files);
        }
    }

    LibraryMetadata(LocalRepository repository, PomModels models) {
        this.repository = repository;
        this.models = models;
    }

    /** The metadata; empty where it is not on this machine. */
    Optional<Published> of(String group, String artifact, String version, boolean platform) {
        String key = group + ":" + artifact + ":" + version + (platform ? ":platform" : "");
        Optional<Published> known = cache.get(key);
        if (known == null) {
            known = repository
                    .file(group, artifact, version, artifact + "-" + version + ".module")
                    .flatMap(file -> module(file, group + ":" + artifact, platform))
                    .or(() -> models.of(group, artifact, version).map(pom -> pom(pom, platform)));
            cache.put(key, known);
        }
        return known;
    }

    private static Published pom(EffectivePom pom, boolean platform) {
        List<LibraryRequirement> requirements = new ArrayList<>();
        if (platform) {
            pom.managed().values().forEach(managed -> requirements.add(requirement(managed, Kind.CONSTRAINT)));
            return new Published(requirements, List.of(), false);
        }
        for (Dependency dependency : pom.dependencies()) {
            boolean compiled =
                    dependency.scope().isEmpty() || dependency.scope().equals("compile");
            if (compiled && JAR_TYPES.contains(dependency.type())) {
                requirements.add(requirement(dependency, dependency.optional() ? Kind.CONSTRAINT : Kind.LIBRARY));
            }
        }
        return new Published(requirements, List.of(), !pom.packaging().equals("pom"));
    }

    private static LibraryRequirement requirement(Dependency dependency, Kind kind) {
        return new LibraryRequirement(
                dependency.group(),
                dependency.artifact(),
                dependency.version(),
                kind == Kind.LIBRARY ? dependency.classifier() : "",
                kind,
                false,
                dependency.exclusions());
    }

    private static Optional<Published> module(Path file, String key, boolean platform) {
        Set<String> categories = platform ? PLATFORM_CATEGORIES : LIBRARY_CATEGORIES;
        return JsonValues.parse(GradleScript.text(file))
                .flatMap(module -> module.list("variants").stream()
                        .filter(variant -> categories.contains(attribute(variant, "org.gradle.category")))
                        .filter(variant -> hasCapability(variant, key))
                        .min(Comparator.comparingInt(LibraryMetadata::distance))
                        .map(variant -> published(variant, platform)));
    }

    private static String attribute(BuildValue variant, String name) {
        return variant.get("attributes").map(all -> all.text(name)).orElse("");
    }

    /** Parts of a library that must be asked for by name, such as its test fixtures, have capabilities of their own. */
    private static boolean hasCapability(BuildValue variant, String key) {
        List<BuildValue> all = variant.list("capabilities");
        return all.isEmpty()
                || all.stream()
                        .anyMatch(capability -> (capability.text("group") + ":" + capability.text("name")).equals(key));
    }

    /** How far a variant is from what a compiler for this JDK wants; the nearest is taken. */
    private static int distance(BuildValue variant) {
        int distance = 0;
        String usage = attribute(variant, "org.gradle.usage");
        distance += usage.endsWith("api") ? 0 : usage.endsWith("runtime") ? 1_000 : 10_000;
        String environment = attribute(variant, "org.gradle.jvm.environment");
        distance += environment.isEmpty() || environment.equals("standard-jvm") ? 0 : 100_000;
        String platform = attribute(variant, "org.jetbrains.kotlin.platform.type");
        distance += platform.isEmpty() || platform.equals("jvm") ? 0 : 1_000_000;
        String elements = attribute(variant, "org.gradle.libraryelements");
        distance += elements.isEmpty() || elements.equals("jar") ? 0 : 500;
        String release = attribute(variant, "org.gradle.jvm.version");
        int wanted = release.matches("\\d{1,3}") ? Integer.parseInt(release) : 0;
        int running = Runtime.version().feature();
        return distance + (wanted > running ? 300 : Math.min(200, running - wanted));
    }

    private static Published published(BuildValue variant, boolean platform) {
        List<LibraryRequirement> requirements = new ArrayList<>();
        Optional<BuildValue> elsewhere = variant.get("available-at");
        if (elsewhere.isPresent()) {
            BuildValue at = elsewhere.get();
            requirements.add(new LibraryRequirement(
                    at.text("group"),
                    at.text("module"),
                    at.text("version"),
                    "",
                    platform ? Kind.PLATFORM : Kind.LIBRARY,
                    false,
                    Set.of()));
        }
        for (BuildValue dependency : variant.list("dependencies")) {
            boolean toPlatform = PLATFORM_CATEGORIES.contains(attribute(dependency, "org.gradle.category"));
            requirements.add(requirement(dependency, toPlatform ? Kind.PLATFORM : Kind.LIBRARY));
        }
        variant.list("dependencyConstraints")
                .forEach(constraint -> requirements.add(requirement(constraint, Kind.CONSTRAINT)));
        List<String> files = variant.list("files").stream()
                .map(file -> file.text("name"))
                .filter(name -> name.endsWith(".jar"))
                .toList();
        return new Published(requirements, files, !files.isEmpty());
    }

    private static LibraryRequirement requirement(BuildValue dependency, Kind kind) {
        BuildValue version = dependency.get("version").orElse(new BuildValue.Text(""));
        String strict = version.text("strictly");
        String required = version.text("requires").isEmpty() ? version.text("prefers") : version.text("requires");
        Set<String> exclusions = new HashSet<>();
        dependency
                .list("excludes")
                .forEach(exclude -> exclusions.add(exclude.text("group") + ":" + exclude.text("module")));
        String classifier = dependency
                .get("thirdPartyCompatibility")
                .flatMap(compatibility -> compatibility.get("artifactSelector"))
                .map(selector -> selector.text("classifier"))
                .orElse("");
        boolean isStrict = !strict.isEmpty() && !VersionRange.isRange(strict);
        return new LibraryRequirement(
                dependency.text("group"),
                dependency.text("module"),
                isStrict ? strict : required.isEmpty() ? strict : required,
                kind == Kind.LIBRARY ? classifier : "",
                kind,
                isStrict,
                exclusions);
    }
}
