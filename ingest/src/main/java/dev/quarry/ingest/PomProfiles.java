package dev.quarry.ingest;

import dev.quarry.ingest.PomReader.Element;
import java.util.List;

/**
 * Which profiles of a pom are active where nobody names any: those whose conditions on the JDK and on properties all hold,
 * and, where no such profile is, those that are active by default. The JDK is the one that runs; no property is set.
 *
 * <p>Profiles that ask for an operating system or for files are not active.
 */
final class PomProfiles {
    private PomProfiles() {}

    /** The active profiles in their order. */
    static List<Element> active(Element project) {
        List<Element> all = project.below("profiles");
        List<Element> chosen = all.stream().filter(PomProfiles::isTriggered).toList();
        return chosen.isEmpty() ? all.stream().filter(PomProfiles::isDefault).toList() : chosen;
    }

    private static boolean isDefault(Element profile) {
        return profile.below("activation").stream()
                .anyMatch(condition -> condition.name().equals("activeByDefault")
                        && condition.text().equals("true"));
    }

    private static boolean isTriggered(Element profile) {
        List<Element> conditions = profile.below("activation").stream()
                .filter(condition -> !condition.name().equals("activeByDefault"))
                .toList();
        return !conditions.isEmpty() && conditions.stream().allMatch(PomProfiles::holds);
    }

    private static boolean holds(Element condition) {
        return switch (condition.name()) {
            case "jdk" -> isJdk(condition.text(), Runtime.version().feature());
            case "property" ->
                condition.text("name").startsWith("!")
                        || condition.text("value").startsWith("!");
            default -> false;
        };
    }

    /** Whether a condition, {@code 17}, {@code !1.8} or {@code [11,21)}, holds for a release of the JDK. */
    static boolean isJdk(String condition, int release) {
        if (condition.startsWith("!")) {
            return !isJdk(condition.substring(1), release);
        }
        if (!condition.startsWith("[") && !condition.startsWith("(")) {
            return release(condition) == release;
        }
        String bounds = condition.substring(1, Math.max(1, condition.length() - 1));
        int comma = bounds.indexOf(',');
        int low = release(comma < 0 ? bounds : bounds.substring(0, comma));
        int high = release(comma < 0 ? bounds : bounds.substring(comma + 1));
        boolean above = low == 0 || release > low || (release == low && condition.startsWith("["));
        boolean below = high == 0 || release < high || (release == high && condition.endsWith("]"));
        return above && below;
    }

    private static int release(String version) {
        String text = version.strip();
        String plain = text.startsWith("1.") ? text.substring(2) : text;
        int end = 0;
        while (end < plain.length() && Character.isDigit(plain.charAt(end))) {
            end++;
        }
        return end == 0 || end > 4 ? 0 : Integer.parseInt(plain.substring(0, end));
    }
}
