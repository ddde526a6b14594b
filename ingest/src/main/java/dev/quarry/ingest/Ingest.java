package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Turns the sources of a repository into facts.
 *
 * <p>One parser reads the syntax, another binds the names, each in threads of its own; a file's facts are joined as soon as
 * both are done with it, and handed on module by module. The same files give equal facts, whatever the timing.
 */
public final class Ingest {
    private Ingest() {}

    /**
     * Finds the jars that a repository is bound against; reads the files of its Maven or Gradle build and what these tools
     * keep on this machine, no network.
     */
    public static ClassPath classPath(Path root, IngestOptions options) {
        return ClassPathFinder.find(root, options);
    }

    /** The same scan with each file read as the build of its module says, by which the files' hashes are those of facts. */
    public static RepositoryScan decoded(RepositoryScan scan, ClassPath classPath) {
        if (scan.files().stream().noneMatch(ScannedFile::hasEncoding)) {
            return scan;
        }
        List<ScannedFile> files = ModuleFiles.divide(classPath, scan.files()).stream()
                .flatMap(module -> module.files().stream())
                .sorted(Comparator.comparing(ScannedFile::path))
                .toList();
        return new RepositoryScan(scan.root(), files, scan.resources(), scan.moduleFolders(), scan.skipped());
    }

    /** The folder of the local Maven repository that these options lead to; it may not exist. */
    public static Path localRepository(IngestOptions options) {
        return LocalRepository.of(options).root();
    }

    /** The address that the user's Maven settings put in the place of Maven Central; empty where they do not. */
    public static Optional<String> mirrorOfCentral() {
        return MavenSettings.ofUser().mirrorOfCentral();
    }

    /** A hash of what the files beside the sources say that bears on the facts; of build files, that they are there. */
    public static String configuration(RepositoryScan scan) {
        String modules = String.join("\n", new TreeSet<>(scan.moduleFolders()));
        return LombokConfig.fingerprint(scan) + " " + ResourceFiles.fingerprint(scan.resources()) + " "
                + (scan.moduleFolders().isEmpty() ? "-" : ContentHash.ofText(modules));
    }

    /** The same as the longer form, with the class path that {@link #classPath} finds. */
    public static IngestReport run(
            RepositoryScan scan, IngestOptions options, FactsSink sink, ProgressListener progress) {
        return run(scan, classPath(scan.root(), options), options, sink, progress);
    }

    /**
     * Reads and binds all files of a scan against a class path, and hands their facts to the sink.
     *
     * <p>Nothing in a file makes this throw; what is wrong with a file is in its record. What the sink throws ends the run.
     *
     * @return what the run used and left out
     */
    public static IngestReport run(
            RepositoryScan scan, ClassPath wanted, IngestOptions options, FactsSink sink, ProgressListener progress) {
        return new WholeAnalysis(scan, wanted, options, sink, progress, null).run();
    }
}
