package dev.quarry.ingest;

import java.util.Locale;
import java.util.Set;

/**
 * A dependency as a Gradle script declares it.
 *
 * @param configuration what it is declared for, as {@code implementation}
 * @param target a library as {@link GradleNotation} reads it; the path of a project, {@code :core:api}; or of a file
 * @param exclusions {@code group:artifact}, with {@code *} for any; {@code *:*} leaves out all that it brings along
 */
record GradleDependency(String configuration, Kind kind, String target, Set<String> exclusions) {
    private static final Set<String> PLAIN = Set.of("compile", "provided", "providedcompile", "optional", "shadow");

    /** What a dependency can be. */
    enum Kind {
        LIBRARY,
        PROJECT,
        /** A bill of materials; a library or a project. */
        PLATFORM,
        ENFORCED_PLATFORM,
        /** A version that counts only if something else asks for the library. */
        CONSTRAINT,
        FILE
    }

    GradleDependency {
        exclusions = Set.copyOf(exclusions);
    }

    /**
     * Whether it is a bill of materials in a configuration that is not known for another use: builds gather such bills in a
     * configuration of their own, which all others extend.
     */
    boolean setsVersions() {
        String name = configuration.toLowerCase(Locale.ROOT);
        return (kind == Kind.PLATFORM || kind == Kind.ENFORCED_PLATFORM)
                && !name.endsWith("processor")
                && !name.endsWith("runtimeonly")
                && !name.endsWith("classpath");
    }

    GradleDependency with(Kind newKind) {
        return new GradleDependency(configuration, newKind, target, exclusions);
    }

    GradleDependency withExclusions(Set<String> newExclusions) {
        return new GradleDependency(configuration, kind, target, newExclusions);
    }

    /** Whether sources of some source set are compiled against what a configuration holds. */
    static boolean isCompiled(String configuration) {
        String name = configuration.toLowerCase(Locale.ROOT);
        return name.endsWith("implementation")
                || name.endsWith("compileonly")
                || isExported(configuration)
                || (name.startsWith("test") && name.endsWith("compile"))
                || PLAIN.contains(name);
    }

    /** Whether those who depend on the project see what a configuration holds. */
    static boolean isExported(String configuration) {
        String name = configuration.toLowerCase(Locale.ROOT);
        return name.endsWith("api") || name.endsWith("compileonlyapi") || name.equals("compile");
    }
}
