package dev.quarry.bench;

import dev.quarry.bench.PinnedLibrary.Jar;
import dev.quarry.bench.PinnedLibrary.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Has Maven fetch pinned libraries; checks what comes. */
final class LibraryFetch {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

    private final Path maven;
    private final Path work;

    /**
     * @param maven the Maven launcher
     * @param work a directory that takes all files
     */
    LibraryFetch(Path maven, Path work) {
        this.maven = maven;
        this.work = work;
    }

    /**
     * Fetches a library and unpacks its sources.
     *
     * @throws IllegalStateException if Maven fails, or a jar has another hash than the pinned one
     */
    Subject fetch(PinnedLibrary library) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve(library.name()));
        Path pom = Files.writeString(folder.resolve("pom.xml"), pom(library));
        Path jars = folder.resolve("jars");
        List<String> command = List.of(
                maven.toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                pom.toString(),
                COPY,
                "-DoutputDirectory=" + jars,
                "-Dmdep.prependGroupId=true");
        MeasuredProcess.run(command, folder, folder.resolve("maven.log"));
        for (Jar jar : library.jars()) {
            verify(jars.resolve(jar.fileName()), jar.sha256());
        }
        Path sources = folder.resolve("sources");
        for (Path jar : files(library, Use.SOURCES, jars)) {
            unpack(jar, "", sources);
        }
        return new Subject(
                library.title(), sources, files(library, Use.CLASSES, jars), files(library, Use.CLASSPATH, jars));
    }

    private static List<Path> files(PinnedLibrary library, Use use, Path jars) {
        return library.of(use).stream()
                .map(jar -> jars.resolve(jar.fileName()))
                .sorted()
                .toList();
    }

    /** Each jar is named, so that none comes by way of another one. */
    private static String pom(PinnedLibrary library) {
        String dependencies =
                library.jars().stream().map(LibraryFetch::dependency).collect(Collectors.joining());
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>bench</groupId>
                  <artifactId>bench</artifactId>
                  <version>1</version>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(dependencies);
    }

    private static String dependency(Jar jar) {
        return """
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>%s
                      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
                    </dependency>
                """.formatted(
                        jar.group(),
                        jar.artifact(),
                        jar.version(),
                        jar.use() == Use.SOURCES ? "<classifier>sources</classifier>" : "");
    }

    private static void verify(Path jar, String sha256) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            if (!HexFormat.of().formatHex(digest).equals(sha256)) {
                throw new IllegalStateException(jar.getFileName() + " is not the pinned jar: its SHA-256 is "
                        + HexFormat.of().formatHex(digest) + " instead of " + sha256);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Unpacks what lies below a folder of an archive; without its manifest and the like. */
    static void unpack(Path archive, String below, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                Path target = folder.resolve(name).normalize();
                if (!entry.isDirectory()
                        && name.startsWith(below)
                        && target.startsWith(folder)
                        && !name.startsWith("META-INF/")) {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
    }
}
