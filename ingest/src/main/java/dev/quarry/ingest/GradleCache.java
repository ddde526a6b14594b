package dev.quarry.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The artifacts that Gradle keeps on this machine: {@code group/artifact/version/hash/file}.
 *
 * @param root Gradle's folder {@code caches/modules-2/files-2.1}; it may not exist
 */
record GradleCache(Path root) {
    /** Below a user's Gradle home. */
    static GradleCache below(Path home) {
        return new GradleCache(home.resolve("caches").resolve("modules-2").resolve("files-2.1"));
    }

    /** Where Gradle would look: the property {@code gradle.user.home}, its variable of the environment, the default. */
    static GradleCache ofUser() {
        String property = System.getProperty("gradle.user.home", "");
        String variable = System.getenv("GRADLE_USER_HOME");
        if (!property.isEmpty()) {
            return below(Path.of(property));
        }
        boolean isSet = variable != null && !variable.isEmpty();
        return below(isSet ? Path.of(variable) : Path.of(System.getProperty("user.home"), ".gradle"));
    }

    /** A file of an artifact; of several of the same name the first by hash. */
    Optional<Path> file(String group, String artifact, String version, String name) {
        return children(root.resolve(group).resolve(artifact).resolve(version)).stream()
                .map(hash -> hash.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The versions of an artifact that are there. */
    List<String> versions(String group, String artifact) {
        return children(root.resolve(group).resolve(artifact)).stream()
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /** The folders in a folder, sorted; none where it is not there. */
    static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }
}
