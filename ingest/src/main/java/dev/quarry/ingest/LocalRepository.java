package dev.quarry.ingest;

import java.nio.file.Files;
import java.nio.file.Path;

/** The artifacts that Maven has on this machine. */
record LocalRepository(Path root) {
    /** Where Maven would look: the property {@code maven.repo.local}, the user's settings, the default. */
    static LocalRepository ofUser() {
        String property = System.getProperty("maven.repo.local", "");
        if (!property.isEmpty()) {
            return new LocalRepository(Path.of(property));
        }
        Path maven = Path.of(System.getProperty("user.home"), ".m2");
        Path settings = maven.resolve("settings.xml");
        String configured = Files.isRegularFile(settings) ? PomReader.textIn(settings, "localRepository") : "";
        String home = configured.replace("${user.home}", System.getProperty("user.home"));
        return new LocalRepository(home.isEmpty() ? maven.resolve("repository") : Path.of(home));
    }

    /** The pom of an artifact; it may not exist. */
    Path pom(String group, String artifact, String version) {
        return file(group, artifact, version, "", "pom");
    }

    /** The jar of an artifact; it may not exist. */
    Path jar(String group, String artifact, String version, String classifier) {
        return file(group, artifact, version, classifier, "jar");
    }

    private Path file(String group, String artifact, String version, String classifier, String extension) {
        String name = artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + extension;
        return root.resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(name);
    }
}
