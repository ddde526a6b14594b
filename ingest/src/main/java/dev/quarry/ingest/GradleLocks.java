package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the lock files of a project: the exact versions of all that it is compiled against. */
final class GradleLocks {
    private GradleLocks() {}

    /** The locked versions by {@code group:artifact}; of several, for main sources and tests, the newest. */
    static Map<String, String> of(Path directory) {
        Map<String, String> locked = new TreeMap<>();
        read(GradleScript.text(directory.resolve("gradle.lockfile")), locked);
        Path folder = directory.resolve("gradle").resolve("dependency-locks");
        for (String configuration : new String[] {"compileClasspath", "testCompileClasspath"}) {
            GradleScript.text(folder.resolve(configuration + ".lockfile"))
                    .lines()
                    .forEach(line -> lock(line, locked));
        }
        return locked;
    }

    /** Lines {@code group:artifact:version=configuration,configuration}. */
    private static void read(String text, Map<String, String> locked) {
        text.lines().forEach(line -> {
            int sign = line.indexOf('=');
            for (String configuration : line.substring(sign + 1).split(",")) {
                if (sign > 0 && configuration.strip().toLowerCase(Locale.ROOT).endsWith("compileclasspath")) {
                    lock(line.substring(0, sign), locked);
                    return;
                }
            }
        });
    }

    private static void lock(String line, Map<String, String> locked) {
        if (!line.startsWith("#")) {
            GradleNotation.of(line)
                    .filter(library -> !library.version().isEmpty())
                    .ifPresent(library -> locked.merge(
                            library.key(),
                            library.version(),
                            (a, b) -> GradleVersions.ORDER.compare(a, b) < 0 ? b : a));
        }
    }
}
