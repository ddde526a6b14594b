package dev.quarry.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The artifacts that are on this machine: Maven's, and behind them Gradle's.
 *
 * @param root Maven's local repository
 */
record LocalRepository(Path root, GradleCache gradle) {
    /** With Maven's artifacts in a folder, and Gradle's below a user's Gradle home. */
    static LocalRepository of(IngestOptions options) {
        Path root = options.localRepository().orElseGet(LocalRepository::ofUser);
        return new LocalRepository(
                root, options.gradleHome().map(GradleCache::below).orElseGet(GradleCache::ofUser));
    }

    /** Where Maven would look: the property {@code maven.repo.local}, the user's settings, the default. */
    static Path ofUser() {
        String property = System.getProperty("maven.repo.local", "");
        if (!property.isEmpty()) {
            return Path.of(property);
        }
        String configured = MavenSettings.ofUser().localRepository();
        return configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : Path.of(configured);
    }

    /** The pom of an artifact. */
    Optional<Path> pom(String group, String artifact, String version) {
        return file(group, artifact, version, artifact + "-" + version + ".pom");
    }

    /** The jar of an artifact. */
    Optional<Path> jar(String group, String artifact, String version, String classifier) {
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        return file(group, artifact, version, artifact + "-" + version + suffix + ".jar");
    }

    /** A file of an artifact by its name; empty where it is not there, and where the name is none that can be. */
    Optional<Path> file(String group, String artifact, String version, String name) {
        if (!isName(group) || !isName(artifact) || !isName(version) || !isName(name)) {
            return Optional.empty();
        }
        Path file = folder(group, artifact).resolve(version).resolve(name);
        return Files.isRegularFile(file) ? Optional.of(file) : gradle.file(group, artifact, version, name);
    }

    /** The versions of an artifact of which there is something. */
    Set<String> versions(String group, String artifact) {
        if (!isName(group) || !isName(artifact)) {
            return Set.of();
        }
        Set<String> versions = new TreeSet<>(gradle.versions(group, artifact));
        List<Path> folders = GradleCache.children(folder(group, artifact));
        folders.forEach(folder -> versions.add(folder.getFileName().toString()));
        return versions;
    }

    private Path folder(String group, String artifact) {
        return root.resolve(group.replace('.', '/')).resolve(artifact);
    }

    /** A name that is written in a build must not lead out of the repository. */
    private static boolean isName(String text) {
        return !text.isEmpty()
                && !text.startsWith(".")
                && !text.contains("..")
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
    }
}
