package dev.quarry.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A library of Maven Central with the jars that its sources need, all pinned by version and hash. */
record PinnedLibrary(String name, List<Jar> jars) {
    private static final String LIST = "libraries.tsv";

    /** What a jar is there for. */
    enum Use {
        /** What is scored against. */
        CLASSES,
        /** What is indexed. */
        SOURCES,
        /** What the sources were compiled with. */
        CLASSPATH
    }

    /**
     * A jar.
     *
     * @param sha256 of its bytes, in hexadecimal digits
     */
    record Jar(Use use, String group, String artifact, String version, String sha256) {
        /** The name that the file has where group identifiers go before names. */
        String fileName() {
            return group + "." + artifact + "-" + version + (use == Use.SOURCES ? "-sources" : "") + ".jar";
        }
    }

    PinnedLibrary {
        jars = List.copyOf(jars);
    }

    /** All of them, in the order of the list. */
    static List<PinnedLibrary> all() throws IOException {
        Map<String, List<Jar>> jars = new LinkedHashMap<>();
        try (InputStream list = PinnedLibrary.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException("the class path has no " + LIST);
            }
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(line -> jars.computeIfAbsent(line[0], _ -> new ArrayList<>())
                            .add(jar(line)));
        }
        return jars.entrySet().stream()
                .map(entry -> new PinnedLibrary(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Jar jar(String[] line) {
        String[] coordinate = line[2].split(":", -1);
        return new Jar(
                Use.valueOf(line[1].toUpperCase(Locale.ROOT)), coordinate[0], coordinate[1], coordinate[2], line[3]);
    }

    /** The jars of one use. */
    List<Jar> of(Use use) {
        return jars.stream().filter(jar -> jar.use() == use).toList();
    }

    /** The name with the version. */
    String title() {
        return name + " " + of(Use.CLASSES).getFirst().version();
    }
}
