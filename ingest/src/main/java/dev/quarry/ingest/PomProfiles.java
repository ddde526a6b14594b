package dev.quarry.ingest;

import dev.quarry.ingest.PomReader.Element;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Which profiles of a pom are active: those that the repository's Maven configuration switches on and those whose conditions
 * on the JDK, the system, properties and files all hold; where there is none of these, those that are active by default. The
 * JDK and the system are those that run; the properties are the configuration's.
 */
final class PomProfiles {
    private final Path folder;
    private final MavenConfig config;

    private PomProfiles(Path folder, MavenConfig config) {
        this.folder = folder;
        this.config = config;
    }

    /** The active profiles, in their order, of a pom that lies in this folder. */
    static List<Element> active(Element project, Path folder, MavenConfig config) {
        PomProfiles profiles = new PomProfiles(folder, config);
        List<Element> all = project.below("profiles").stream()
                .filter(profile -> !config.profiles().contains("!" + profile.text("id")))
                .toList();
        List<Element> chosen = all.stream().filter(profiles::isChosen).toList();
        return chosen.isEmpty() ? all.stream().filter(PomProfiles::isDefault).toList() : chosen;
    }

    private static boolean isDefault(Element profile) {
        return profile.below("activation").stream()
                .anyMatch(condition -> condition.name().equals("activeByDefault")
                        && condition.text().equals("true"));
    }

    private boolean isChosen(Element profile) {
        List<Element> conditions = profile.below("activation").stream()
                .filter(condition -> !condition.name().equals("activeByDefault"))
                .toList();
        return config.profiles().contains(profile.text("id"))
                || (!conditions.isEmpty() && conditions.stream().allMatch(this::holds));
    }

    private boolean holds(Element condition) {
        return switch (condition.name()) {
            case "jdk" -> isJdk(condition.text(), Runtime.version().feature());
            case "os" -> condition.children().stream().allMatch(PomProfiles::isSystem);
            case "property" -> isSet(condition.text("name"), condition.text("value"));
            case "file" -> isThere(condition.text("exists"), condition.text("missing"));
            default -> false;
        };
    }

    private boolean isSet(String name, String value) {
        if (name.startsWith("!")) {
            return !config.properties().containsKey(name.substring(1));
        }
        String set = config.properties().get(name);
        if (value.startsWith("!")) {
            return !value.substring(1).equals(set);
        }
        return set != null && (value.isEmpty() || value.equals(set));
    }

    private boolean isThere(String exists, String missing) {
        boolean there = exists.isEmpty() || Files.exists(path(exists));
        return there && (missing.isEmpty() || !Files.exists(path(missing)));
    }

    private Path path(String text) {
        String plain = text.replace("${basedir}", ".").replace("${project.basedir}", ".");
        return folder.resolve(plain.replace('\0', '_'));
    }

    private static boolean isSystem(Element condition) {
        String wanted = condition.text().toLowerCase(Locale.ROOT);
        if (wanted.startsWith("!")) {
            return !isSystem(condition.name(), wanted.substring(1));
        }
        return isSystem(condition.name(), wanted);
    }

    private static boolean isSystem(String property, String wanted) {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return switch (property) {
            case "name" -> name.equals(wanted);
            case "arch" ->
                System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals(wanted);
            case "version" ->
                System.getProperty("os.version").toLowerCase(Locale.ROOT).equals(wanted);
            case "family" ->
                switch (wanted) {
                    case "windows" -> name.contains("windows");
                    case "mac" -> name.contains("mac");
                    case "unix" -> !name.contains("windows");
                    default -> name.contains(wanted);
                };
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
