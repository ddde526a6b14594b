package dev.quarry.ingest;

import dev.quarry.ingest.Pom.Dependency;
import java.util.List;
import java.util.Map;

/**
 * A pom with all that it inherits and imports, its properties replaced.
 *
 * @param packaging empty for a jar
 * @param languageLevel the Java language level of its sources; empty where none is declared
 * @param encoding the encoding of its sources; empty where none is declared
 * @param dependencies as declared, managed values filled in
 * @param managed by {@link Dependency#key()}
 */
record EffectivePom(
        String group,
        String artifact,
        String version,
        String packaging,
        String languageLevel,
        String encoding,
        List<Dependency> dependencies,
        Map<String, Dependency> managed) {
    String key() {
        return group + ":" + artifact;
    }
}
