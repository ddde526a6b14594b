package dev.quarry.ingest;

import java.util.Optional;

/**
 * A library as Gradle's scripts write it: {@code group:artifact:version:classifier@extension}, what is left out empty.
 *
 * @param strict whether the version must not be replaced by a newer one: {@code 1.2!!}
 */
record GradleNotation(String group, String artifact, String version, String classifier, boolean strict) {
    private static final int CLASSIFIER = 3;
    private static final int MAX_PARTS = 4;

    /** Of a text; empty where it has not the form. */
    static Optional<GradleNotation> of(String text) {
        int at = text.indexOf('@');
        String[] parts = (at < 0 ? text : text.substring(0, at)).strip().split(":", -1);
        if (parts.length < 2 || parts.length > MAX_PARTS || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        String version = parts.length > 2 ? parts[2] : "";
        boolean strict = version.endsWith("!!");
        return Optional.of(new GradleNotation(
                parts[0],
                parts[1],
                strict ? version.substring(0, version.length() - 2) : version,
                parts.length > CLASSIFIER ? parts[CLASSIFIER] : "",
                strict));
    }

    String key() {
        return group + ":" + artifact;
    }
}
