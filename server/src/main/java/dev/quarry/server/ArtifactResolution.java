package dev.quarry.server;

import dev.quarry.ingest.ClassPath;
import dev.quarry.ingest.Ingest;
import dev.quarry.ingest.IngestOptions;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.ArtifactDownload.Outcome;
import dev.quarry.server.IndexProgress.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fetches what a class path lacks into the local Maven repository, until nothing more can be had. A process of its own does
 * the fetching; this one never opens a connection.
 */
final class ArtifactResolution {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";
    private static final String PROPERTY = "quarry.maven.repository";
    private static final int MAX_ROUNDS = 40;
    private static final int POLL_MILLIS = 50;
    private static final long MAX_MINUTES = 60;
    private static final List<String> HANDED_ON = List.of(
            "https.proxyHost",
            "https.proxyPort",
            "http.proxyHost",
            "http.proxyPort",
            "http.nonProxyHosts",
            "javax.net.ssl.trustStore",
            "javax.net.ssl.trustStorePassword",
            "javax.net.ssl.trustStoreType");

    private final String repository;
    private final Path local;
    private final IndexProgress progress;
    private final Set<String> tried = new HashSet<>();

    /** From a remote repository into a local one. */
    ArtifactResolution(String repository, Path local, IndexProgress progress) {
        this.repository = repository;
        this.local = local;
        this.progress = progress;
    }

    /** Where artifacts come from: the property {@code quarry.maven.repository}, the user's mirror of Central, or Central. */
    static String remote() {
        String property = System.getProperty(PROPERTY, "");
        String address = property.isEmpty() ? Ingest.mirrorOfCentral().orElse(CENTRAL) : property;
        String scheme = address.contains(":") ? address.substring(0, address.indexOf(':')) : "";
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + address + "' is no address to fetch artifacts from: give one that begins with https:// as "
                            + PROPERTY);
        }
        return address;
    }

    /**
     * The class path of a repository once all was fetched that can be had.
     *
     * @throws QuarryException UNREACHABLE if no connection can be made, or a file is not what its checksum says
     * @throws CancellationException if the progress says so
     */
    ClassPath complete(Path root, IngestOptions options, ClassPath found) {
        ClassPath classPath = found;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Set<String> wanted = wanted(classPath);
            if (wanted.isEmpty()) {
                return classPath;
            }
            progress.progress(Phase.RESOLVE, 0, wanted.size());
            fetch(wanted);
            progress.progress(Phase.RESOLVE, wanted.size(), wanted.size());
            classPath = Ingest.classPath(root, options);
        }
        return classPath;
    }

    /** The files that a class path lacks and that were not asked for yet. */
    private Set<String> wanted(ClassPath classPath) {
        Set<String> wanted = new LinkedHashSet<>();
        for (String missing : classPath.missing()) {
            ArtifactCoordinate.of(missing).ifPresent(artifact -> wanted.addAll(artifact.paths()));
        }
        wanted.removeIf(path -> !tried.add(path) || Files.isRegularFile(local.resolve(path)));
        return wanted;
    }

    private void fetch(Set<String> wanted) {
        try {
            Files.createDirectories(local);
            Path temporary = Files.createTempDirectory(local, ".quarry-");
            try {
                Files.write(temporary.resolve("wanted"), wanted, StandardCharsets.UTF_8);
                check(run(temporary));
            } finally {
                delete(temporary);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "artifacts cannot be written to '" + local + "' (" + e.getMessage()
                            + "): make it writable, or index without --resolve",
                    e);
        }
    }

    /** The lines that the process leaves. */
    private List<String> run(Path temporary) throws IOException {
        Path outcome = temporary.resolve("outcome");
        Path log = temporary.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        for (String name : HANDED_ON) {
            String value = System.getProperty(name, "");
            if (!value.isEmpty()) {
                command.add("-D" + name + "=" + value);
            }
        }
        command.addAll(List.of("-cp", ownCode(), ArtifactDownload.class.getName(), repository));
        command.addAll(List.of(local.toString(), temporary.toString(), outcome.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await(process);
        } finally {
            process.destroyForcibly().onExit().join();
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(outcome)) {
            String said = Files.readString(log).lines().findFirst().orElse("it said nothing");
            throw new QuarryException(ErrorCode.INTERNAL, "the process that fetches artifacts failed: " + said);
        }
        return Files.readAllLines(outcome, StandardCharsets.UTF_8);
    }

    private void await(Process process) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MAX_MINUTES);
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (progress.cancelled()) {
                    throw new CancellationException("the index run was cancelled");
                }
                if (System.nanoTime() > end) {
                    throw new QuarryException(
                            ErrorCode.LIMIT,
                            "artifacts could not be fetched within " + MAX_MINUTES
                                    + " minutes: run it again, what is fetched stays");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the index run was interrupted");
        }
    }

    /** The jar or folder that holds the program; nothing else is on the class path of the process. */
    private static String ownCode() {
        CodeSource source = ArtifactDownload.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("the place of this program's code is not known");
        }
        return Path.of(URI.create(source.getLocation().toString())).toString();
    }

    private void check(List<String> lines) {
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            Outcome outcome = Outcome.valueOf(parts[0]);
            if (outcome == Outcome.UNREACHABLE) {
                throw new QuarryException(
                        ErrorCode.UNREACHABLE,
                        "'" + repository + "' cannot be reached (" + parts[2]
                                + "): check the network, name another repository with -D" + PROPERTY
                                + ", or index without --resolve");
            }
            if (outcome == Outcome.REFUSED) {
                throw new QuarryException(
                        ErrorCode.UNREACHABLE,
                        "'" + parts[1] + "' could not be fetched from '" + repository + "': " + parts[2]
                                + "; run it again, or index without --resolve");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
