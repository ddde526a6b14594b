package dev.quarry.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The coordinate of an artifact that can be fetched, of released version.
 *
 * @param type {@code jar} or {@code pom}
 * @param classifier empty where there is none
 */
record ArtifactCoordinate(String group, String artifact, String type, String classifier, String version) {
    // What is written in a build must not lead out of a repository: names begin with a letter or digit and hold no
    // "..".
    private static final String NAME = "[A-Za-z0-9_](?:[A-Za-z0-9_+-]|\\.(?!\\.))*";
    private static final Pattern FORM =
            Pattern.compile("(%1$s):(%1$s):(?:(jar|pom):)?(?:(%1$s):)?(%1$s)".formatted(NAME));

    /** Of {@code group:artifact[:type[:classifier]]:version}; empty for all that names no released file. */
    static Optional<ArtifactCoordinate> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()
                || matcher.group(5).endsWith("-SNAPSHOT")
                || matcher.group(5).endsWith("+")) {
            return Optional.empty();
        }
        String type = matcher.group(3) == null ? "jar" : matcher.group(3);
        String classifier = matcher.group(4) == null ? "" : matcher.group(4);
        return Optional.of(
                new ArtifactCoordinate(matcher.group(1), matcher.group(2), type, classifier, matcher.group(5)));
    }

    /** The paths of its files in a repository: the pom first. */
    List<String> paths() {
        String folder = group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version;
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        return type.equals("pom") ? List.of(folder + ".pom") : List.of(folder + ".pom", folder + suffix + ".jar");
    }
}
