package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.List;

/** A Gradle repository with a local Maven repository and a Gradle home beside it, written as text. */
final class GradleFixture {
    final Path root;
    final Path local;
    final Path home;
    final IngestOptions options;

    GradleFixture(Path folder) {
        root = folder.resolve("repository");
        local = folder.resolve("local");
        home = folder.resolve("gradle-home");
        options = IngestOptions.defaults().withLocalRepository(local).withGradleHome(home);
        file(".gitignore", "build/\n");
    }

    /** Writes a file of the repository. */
    GradleFixture file(String path, String text) {
        Graph.write(root, path, text);
        return this;
    }

    /** Puts a library into the local Maven repository, with its dependencies as {@code g:a:v[:scope]}. */
    GradleFixture library(String coordinate, String... dependencies) {
        StringBuilder body = new StringBuilder("<dependencies>");
        for (String dependency : dependencies) {
            body.append(dependency(dependency));
        }
        pom(coordinate, body.append("</dependencies>").toString());
        String[] parts = coordinate.split(":");
        Graph.write(local, folder(parts) + ".jar", "");
        return this;
    }

    /** Puts a bill of materials into the local Maven repository. */
    GradleFixture bom(String coordinate, String... managed) {
        StringBuilder body = new StringBuilder("<packaging>pom</packaging><dependencyManagement><dependencies>");
        for (String dependency : managed) {
            body.append(dependency(dependency));
        }
        return pom(
                coordinate,
                body.append("</dependencies></dependencyManagement>").toString());
    }

    /** Puts a file of a library into Gradle's cache. */
    GradleFixture cached(String coordinate, String hash, String suffix, String text) {
        String[] parts = coordinate.split(":");
        String folder = "caches/modules-2/files-2.1/" + parts[0] + "/" + parts[1] + "/" + parts[2];
        Graph.write(home, folder + "/" + hash + "/" + parts[1] + "-" + parts[2] + suffix, text);
        return this;
    }

    GradleFixture pom(String coordinate, String body) {
        String[] parts = coordinate.split(":");
        Graph.write(
                local,
                folder(parts) + ".pom",
                "<project><groupId>" + parts[0] + "</groupId><artifactId>" + parts[1] + "</artifactId><version>"
                        + parts[2] + "</version>" + body + "</project>");
        return this;
    }

    private static String dependency(String text) {
        String[] parts = text.split(":");
        String more = parts.length < 4
                ? ""
                : parts[3].equals("optional") ? "<optional>true</optional>" : "<scope>" + parts[3] + "</scope>";
        return "<dependency><groupId>" + parts[0] + "</groupId><artifactId>" + parts[1] + "</artifactId><version>"
                + parts[2] + "</version>" + more + "</dependency>";
    }

    private static String folder(String[] parts) {
        return parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/" + parts[1] + "-" + parts[2];
    }

    ClassPath classPath() {
        return Ingest.classPath(root, options);
    }

    ModuleClassPath module(String directory) {
        return classPath().modules().stream()
                .filter(module -> module.directory().equals(directory))
                .findFirst()
                .orElseThrow();
    }

    /** The coordinates on a module's class path, in its order. */
    List<String> coordinates(String directory) {
        return module(directory).entries().stream()
                .map(ClassPath.Entry::coordinate)
                .toList();
    }
}
