package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions in Maven's order: {@code 1-alpha < 1-rc < 1-SNAPSHOT < 1 = 1.0 < 1-sp < 1-other < 1.1}. */
final class MavenVersions {
    /** Older versions first. */
    static final Comparator<String> ORDER = MavenVersions::compare;

    private static final Pattern PART = Pattern.compile("\\d+|[^\\d.\\-_]+");
    private static final int PLAIN = 5;
    private static final int OTHER = 7;
    private static final Map<String, Integer> QUALIFIERS = Map.ofEntries(
            Map.entry("alpha", 0),
            Map.entry("a", 0),
            Map.entry("beta", 1),
            Map.entry("b", 1),
            Map.entry("milestone", 2),
            Map.entry("m", 2),
            Map.entry("rc", 3),
            Map.entry("cr", 3),
            Map.entry("snapshot", 4),
            Map.entry("final", PLAIN),
            Map.entry("ga", PLAIN),
            Map.entry("release", PLAIN),
            Map.entry("sp", 6));

    private MavenVersions() {}

    /** The version that a range stands for: the only one that it allows, or the newest of those that are there. */
    static Optional<String> choose(String range, Set<String> versions) {
        VersionRange wanted = VersionRange.of(range);
        if (wanted.parts().size() == 1
                && wanted.parts()
                        .getFirst()
                        .low()
                        .equals(wanted.parts().getFirst().high())) {
            return Optional.of(wanted.parts().getFirst().low()).filter(version -> !version.isEmpty());
        }
        return versions.stream()
                .filter(version -> wanted.contains(version, ORDER))
                .max(ORDER);
    }

    private static int compare(String one, String other) {
        List<String> left = parts(one);
        List<String> right = parts(other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String a = i < left.size() ? left.get(i) : "";
            String b = i < right.size() ? right.get(i) : "";
            int order = VersionPart.compare(a, b, MavenVersions::compareWords);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The numbers and words of a version; zeros before a word or at the end say nothing. */
    private static List<String> parts(String version) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(version.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            if (!VersionPart.isNumber(matcher.group())) {
                dropZeros(parts);
            }
            parts.add(matcher.group());
        }
        dropZeros(parts);
        return parts;
    }

    private static void dropZeros(List<String> parts) {
        while (!parts.isEmpty() && parts.getLast().chars().allMatch(c -> c == '0')) {
            parts.removeLast();
        }
    }

    private static int compareWords(String one, String other) {
        int a = rank(one);
        int b = rank(other);
        return a == b && a == OTHER ? one.compareTo(other) : Integer.compare(a, b);
    }

    private static int rank(String word) {
        return word.isEmpty() ? PLAIN : QUALIFIERS.getOrDefault(word, OTHER);
    }
}
