package dev.quarry.ingest;

import dev.quarry.ingest.PomReader.Element;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the user's settings.xml says.
 *
 * @param root its root element
 */
record MavenSettings(Element root) {
    private static final String CENTRAL = "central";

    /** The settings in the user's home; empty ones where there are none. */
    static MavenSettings ofUser() {
        return of(Path.of(System.getProperty("user.home"), ".m2", "settings.xml"));
    }

    static MavenSettings of(Path file) {
        return new MavenSettings(PomReader.parse(file).orElse(new Element("settings", "", List.of())));
    }

    /** Where the artifacts lie; empty where it is not said. */
    String localRepository() {
        return home(root.text("localRepository"));
    }

    /** The address that stands for Maven Central. */
    Optional<String> mirrorOfCentral() {
        return root.below("mirrors").stream()
                .filter(mirror -> coversCentral(mirror.text("mirrorOf")))
                .map(mirror -> home(mirror.text("url")))
                .filter(url -> !url.isEmpty())
                .findFirst();
    }

    private static boolean coversCentral(String patterns) {
        List<String> all = Arrays.stream(patterns.split(",")).map(String::strip).toList();
        return !all.contains("!" + CENTRAL)
                && (all.contains(CENTRAL) || all.contains("*") || all.contains("external:*"));
    }

    private static String home(String text) {
        return text.replace("${user.home}", System.getProperty("user.home"));
    }
}
