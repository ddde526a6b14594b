package dev.quarry.embed;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts a text into words of ASCII letters or digits, identifiers at their humps, and the words into pieces of the model's
 * vocabulary. Accents are dropped; all else separates. Safe for use by several threads.
 */
final class StaticWords {
    private static final int KNOWN_MAX = 1 << 16;
    private static final int WORD_PIECES_MAX = 128;
    private static final int ASCII_END = 0x80;

    private final WordPiece tokenizer;
    private final StaticTable table;
    private final Map<String, int[]> known = new ConcurrentHashMap<>();

    StaticWords(WordPiece tokenizer, StaticTable table) {
        this.tokenizer = tokenizer;
        this.table = table;
    }

    /** Hears of each piece, in the order of the text. */
    interface Pieces {
        void piece(int piece);
    }

    /** The text without accents. */
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII_END) {
                return withoutMarks(Normalizer.normalize(text, Normalizer.Form.NFD));
            }
        }
        return text;
    }

    private static String withoutMarks(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Tells the pieces between two places of a plain text. */
    void forEach(String text, int from, int to, Pieces pieces) {
        int start = from;
        for (int i = from; i < to; i++) {
            char unit = text.charAt(i);
            if (!isWord(unit)) {
                tell(text, start, i, pieces);
                start = i + 1;
            } else if (i > start && isBoundary(text, i, to)) {
                tell(text, start, i, pieces);
                start = i;
            }
        }
        tell(text, start, to, pieces);
    }

    private void tell(String text, int start, int end, Pieces pieces) {
        if (start < end) {
            for (int piece : pieces(text.substring(start, end).toLowerCase(Locale.ROOT))) {
                pieces.piece(piece);
            }
        }
    }

    private int[] pieces(String word) {
        int[] found = known.get(word);
        if (found == null) {
            int[] all = tokenizer.encode(word, WORD_PIECES_MAX);
            found = Arrays.stream(all, 1, all.length - 1).filter(table::has).toArray();
            if (known.size() < KNOWN_MAX) {
                known.put(word, found);
            }
        }
        return found;
    }

    private static boolean isBoundary(String text, int i, int to) {
        char before = text.charAt(i - 1);
        char here = text.charAt(i);
        if (isDigit(before) != isDigit(here)) {
            return true;
        }
        boolean nextIsLower = i + 1 < to && isLower(text.charAt(i + 1));
        return isUpper(here) && (isLower(before) || (isUpper(before) && nextIsLower));
    }

    private static boolean isWord(char unit) {
        return isLower(unit) || isUpper(unit) || isDigit(unit);
    }

    private static boolean isLower(char unit) {
        return unit >= 'a' && unit <= 'z';
    }

    private static boolean isUpper(char unit) {
        return unit >= 'A' && unit <= 'Z';
    }

    private static boolean isDigit(char unit) {
        return unit >= '0' && unit <= '9';
    }
}
