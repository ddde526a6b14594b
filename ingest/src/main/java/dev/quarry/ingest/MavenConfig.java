package dev.quarry.ingest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a repository's {@code .mvn/maven.config} puts before each of Maven's command lines.
 *
 * @param properties set with {@code -D}
 * @param profiles switched on with {@code -P}; with {@code !} before it, switched off
 */
record MavenConfig(Map<String, String> properties, Set<String> profiles) {
    /** Sets nothing. */
    static final MavenConfig NONE = new MavenConfig(Map.of(), Set.of());

    MavenConfig {
        properties = Map.copyOf(properties);
        profiles = Set.copyOf(profiles);
    }

    /** Of a repository; nothing is set where the file is not there. */
    static MavenConfig of(Path root) {
        Map<String, String> properties = new HashMap<>();
        Set<String> profiles = new HashSet<>();
        String text = GradleScript.text(root.resolve(".mvn").resolve("maven.config"));
        String before = "";
        for (String argument : text.split("\\s+")) {
            if (before.equals("-D") || (argument.startsWith("-D") && argument.length() > 2)) {
                String[] parts = (before.equals("-D") ? argument : argument.substring(2)).split("=", 2);
                properties.put(parts[0], parts.length > 1 ? parts[1] : "true");
            } else if (before.equals("-P") || (argument.startsWith("-P") && argument.length() > 2)) {
                String names = before.equals("-P") ? argument : argument.substring(2);
                for (String name : names.split(",")) {
                    profiles.add(name.strip().replaceFirst("^[+?]", "").replaceFirst("^-", "!"));
                }
            }
            before = argument;
        }
        return new MavenConfig(properties, profiles);
    }
}
