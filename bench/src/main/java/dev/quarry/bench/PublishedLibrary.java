package dev.quarry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Libraries on Maven Central, pinned by version, with their sources. Maven fetches them. */
enum PublishedLibrary {
    /** Utilities. */
    COMMONS_LANG3("org.apache.commons", "commons-lang3", "3.20.0"),
    /** Collections, with much generic code. */
    GUAVA("com.google.guava", "guava", "33.5.0-jre"),
    /** A database. */
    H2("com.h2database", "h2", "2.4.240"),
    /** Data binding. */
    JACKSON_DATABIND("com.fasterxml.jackson.core", "jackson-databind", "2.22.4"),
    /** Text search. */
    LUCENE_CORE("org.apache.lucene", "lucene-core", "10.4.0"),
    /** The base of a framework, with shaded and optional parts. */
    SPRING_CORE("org.springframework", "spring-core", "7.0.10"),
    /** Asynchronous code on callbacks. */
    VERTX_CORE("io.vertx", "vertx-core", "5.0.7");

    private final String group;
    private final String artifact;
    private final String version;

    PublishedLibrary(String group, String artifact, String version) {
        this.group = group;
        this.artifact = artifact;
        this.version = version;
    }

    /** The artifact's name, as the table shows it. */
    String artifact() {
        return artifact + " " + version;
    }

    /** Whether this is the artifact of that name. */
    boolean isNamed(String name) {
        return artifact.equals(name);
    }

    /** Fetches the library into a directory and scores the graph of its sources. */
    GraphTable score(Path maven, Path work) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(artifact));
        fetch(maven, folder);
        String file = artifact + "-" + version;
        Path sources = unpack(folder.resolve("sources").resolve(file + "-sources.jar"), folder.resolve("unpacked"));
        List<Path> libraries = new ArrayList<>();
        Path jar = folder.resolve("jars").resolve(file + ".jar");
        try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
            jars.filter(path -> !path.equals(jar)).sorted().forEach(libraries::add);
        }
        return GraphTable.of(artifact(), sources, List.of(jar), libraries);
    }

    private void fetch(Path maven, Path folder) throws IOException, InterruptedException {
        Path pom = folder.resolve("pom.xml");
        Files.writeString(pom, """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>bench</groupId>
                  <artifactId>bench</artifactId>
                  <version>1</version>
                  <dependencies>
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(group, artifact, version));
        String plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:";
        List<String> base = List.of(maven.toString(), "-q", "-B", "-ntp", "-f", pom.toString());
        List<String> jars = new ArrayList<>(base);
        jars.addAll(List.of(plugin + "copy-dependencies", "-DoutputDirectory=" + folder.resolve("jars")));
        MeasuredProcess.run(jars, folder, folder.resolve("jars.log"));
        List<String> sources = new ArrayList<>(base);
        sources.addAll(List.of(
                plugin + "copy",
                "-Dartifact=" + group + ":" + artifact + ":" + version + ":jar:sources",
                "-DoutputDirectory=" + folder.resolve("sources")));
        MeasuredProcess.run(sources, folder, folder.resolve("sources.log"));
    }

    private static Path unpack(Path jar, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory()
                        && target.startsWith(folder)
                        && !entry.getName().startsWith("META-INF/")) {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        return folder;
    }
}
