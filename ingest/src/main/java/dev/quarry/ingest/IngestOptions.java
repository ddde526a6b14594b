package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a repository is read.
 *
 * @param languageLevel the Java language level of the sources, as {@code 21}
 * @param extraClassPath jars and class directories to bind against besides those that the repository's build names
 * @param localRepository where Maven keeps its artifacts; if absent, where Maven itself would look
 * @param gradleHome where Gradle keeps its caches; if absent, where Gradle itself would look
 * @param readPoms whether the files of Maven and Gradle builds are read for the class path
 * @param threads how many threads read and bind; two at least are used
 */
public record IngestOptions(
        String languageLevel,
        List<Path> extraClassPath,
        Optional<Path> localRepository,
        Optional<Path> gradleHome,
        boolean readPoms,
        int threads) {
    /** The newest language level that the parsers know. */
    public static final String NEWEST_LEVEL = "25";

    private static final IngestOptions DEFAULTS = new IngestOptions(
            NEWEST_LEVEL,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            Runtime.getRuntime().availableProcessors());

    /** Copies the list. */
    public IngestOptions {
        extraClassPath = List.copyOf(extraClassPath);
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, not " + threads);
        }
    }

    /** The newest language level, the class path from the files of the build, all cores. */
    public static IngestOptions defaults() {
        return DEFAULTS;
    }

    /** The same without reading the files of the build. */
    public IngestOptions withoutPoms() {
        return new IngestOptions(languageLevel, extraClassPath, localRepository, gradleHome, false, threads);
    }

    /** The same with these jars on the class path as well. */
    public IngestOptions withExtraClassPath(List<Path> jars) {
        return new IngestOptions(languageLevel, jars, localRepository, gradleHome, readPoms, threads);
    }

    /** The same with another local repository. */
    public IngestOptions withLocalRepository(Path folder) {
        return new IngestOptions(languageLevel, extraClassPath, Optional.of(folder), gradleHome, readPoms, threads);
    }

    /** The same with another Gradle home. */
    public IngestOptions withGradleHome(Path folder) {
        return new IngestOptions(
                languageLevel, extraClassPath, localRepository, Optional.of(folder), readPoms, threads);
    }

    /** The same with another number of threads. */
    public IngestOptions withThreads(int count) {
        return new IngestOptions(languageLevel, extraClassPath, localRepository, gradleHome, readPoms, count);
    }
}
