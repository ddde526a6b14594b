package dev.quarry.ingest;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Versions in Gradle's order, and the selectors that stand for several of them. */
final class GradleVersions {
    /** Older versions first. */
    static final Comparator<String> ORDER = GradleVersions::compare;

    private static final Pattern PARTS = Pattern.compile("[.\\-_+]|(?<=\\d)(?=[^\\d.\\-_+])|(?<=[^\\d.\\-_+])(?=\\d)");
    private static final Map<String, Integer> QUALIFIERS =
            Map.of("dev", -1, "rc", 1, "snapshot", 2, "final", 3, "ga", 4, "release", 5, "sp", 6);

    private GradleVersions() {}

    private static int compare(String one, String other) {
        String[] left = PARTS.split(one);
        String[] right = PARTS.split(other);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = VersionPart.compare(left[i], right[i], GradleVersions::compareWords);
            if (order != 0) {
                return order;
            }
        }
        if (left.length == right.length) {
            return 0;
        }
        // What is longer by a number is newer, by a word older: 1.0 < 1.0.1, 1.0-alpha < 1.0.
        boolean leftLonger = left.length > right.length;
        boolean number = VersionPart.isNumber(leftLonger ? left[right.length] : right[left.length]);
        return leftLonger == number ? 1 : -1;
    }

    private static int compareWords(String one, String other) {
        int a = QUALIFIERS.getOrDefault(one.toLowerCase(Locale.ROOT), 0);
        int b = QUALIFIERS.getOrDefault(other.toLowerCase(Locale.ROOT), 0);
        return a == b ? one.compareTo(other) : Integer.compare(a, b);
    }

    /** Whether a text stands for several versions: {@code 1.+}, {@code latest.release}, {@code [1,2)}. */
    static boolean isDynamic(String version) {
        return version.endsWith("+") || version.startsWith("latest.") || VersionRange.isRange(version);
    }

    /** The newest of some versions that a selector stands for. */
    static Optional<String> newest(String selector, Set<String> versions) {
        return versions.stream().filter(version -> matches(selector, version)).max(ORDER);
    }

    /** The newest of some versions and selectors; a selector counts only where there is nothing else. */
    static Optional<String> newest(List<String> wanted) {
        return wanted.stream()
                .filter(version -> !isDynamic(version))
                .max(ORDER)
                .or(() -> wanted.stream().findFirst());
    }

    private static boolean matches(String selector, String version) {
        if (selector.startsWith("latest.")) {
            return selector.equals("latest.integration")
                    || !version.toLowerCase(Locale.ROOT).contains("snapshot");
        }
        if (selector.endsWith("+")) {
            return version.startsWith(selector.substring(0, selector.length() - 1));
        }
        return VersionRange.of(selector).contains(version, ORDER);
    }
}
