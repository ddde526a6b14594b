package dev.quarry.ingest;

import java.util.Comparator;

/** Parts of versions: numbers, and words that the build tools rank differently. */
final class VersionPart {
    private VersionPart() {}

    static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(Character::isDigit);
    }

    /** Numbers by their value, at any length, and behind words; words by their own order. */
    static int compare(String one, String other, Comparator<String> words) {
        boolean left = isNumber(one);
        boolean right = isNumber(other);
        if (left && right) {
            String a = one.replaceFirst("^0+(?=\\d)", "");
            String b = other.replaceFirst("^0+(?=\\d)", "");
            return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
        }
        if (left != right) {
            return left ? 1 : -1;
        }
        return words.compare(one, other);
    }
}
