package dev.quarry.cli;

import java.util.List;
import java.util.Optional;

/** Finds what a mistyped word may have meant. */
final class Suggestions {
    private static final int DISTANCE_MAX = 2;

    private Suggestions() {}

    /** The known word that is nearest, if one is within two keystrokes or is the only one that begins with the word. */
    static Optional<String> near(String word, List<String> known) {
        String best = "";
        int bestDistance = DISTANCE_MAX + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        if (!best.isEmpty()) {
            return Optional.of(best);
        }
        List<String> longer = known.stream()
                .filter(candidate -> word.length() > 2 && candidate.startsWith(word))
                .toList();
        return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
    }

    /** The Levenshtein distance: how many characters to insert, remove or change. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[right.length()];
    }
}
