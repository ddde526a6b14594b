package dev.quarry.ask;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes a question of a conversation one that can be searched by alone. */
final class FollowUp {
    private static final Set<String> REFERRING = Set.of(
            "it", "its", "this", "that", "these", "those", "they", "them", "their", "there", "here", "he", "she",
            "same", "above", "former", "latter", "also", "else", "instead");
    private static final int WORDS_FEW = 5;

    private FollowUp() {}

    /** The question; with the one before it if it is short or refers to something that it does not name. */
    static String query(String question, List<Turn> history) {
        if (history.isEmpty() || !refers(question)) {
            return question;
        }
        return question + "\n" + history.getLast().question();
    }

    private static boolean refers(String question) {
        String[] words = question.toLowerCase(Locale.ROOT).split("[^a-z0-9_$.#]+");
        if (words.length <= WORDS_FEW) {
            return true;
        }
        for (String word : words) {
            if (REFERRING.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
