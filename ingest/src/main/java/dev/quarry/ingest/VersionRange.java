package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions between bounds, as {@code [1,2)} or {@code (,1],[3,)}; {@code ]1,2[} means {@code (1,2)}.
 *
 * @param parts of which one at least must hold
 */
record VersionRange(List<Part> parts) {
    private static final Pattern PART = Pattern.compile("([\\[(\\]])([^,\\[\\]()]*)(,?)([^,\\[\\]()]*)([\\])\\[])");

    /** Versions between two bounds, each empty where there is none. */
    record Part(String low, boolean lowIn, String high, boolean highIn) {
        boolean contains(String version, Comparator<String> order) {
            int below = low.isEmpty() ? -1 : order.compare(low, version);
            int above = high.isEmpty() ? -1 : order.compare(version, high);
            return (below < 0 || (below == 0 && lowIn)) && (above < 0 || (above == 0 && highIn));
        }
    }

    VersionRange {
        parts = List.copyOf(parts);
    }

    /** Whether a text is a range and no version. */
    static boolean isRange(String text) {
        return text.startsWith("[") || text.startsWith("(") || text.startsWith("]");
    }

    /** The range that a text means; one that holds nothing where it means none. */
    static VersionRange of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text.replace(" ", ""));
        while (matcher.find()) {
            String low = matcher.group(2);
            boolean single = matcher.group(3).isEmpty();
            parts.add(new Part(
                    low,
                    matcher.group(1).equals("["),
                    single ? low : matcher.group(4),
                    matcher.group(5).equals("]")));
        }
        return new VersionRange(parts);
    }

    boolean contains(String version, Comparator<String> order) {
        return parts.stream().anyMatch(part -> part.contains(version, order));
    }
}
