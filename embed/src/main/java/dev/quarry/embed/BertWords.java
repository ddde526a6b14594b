package dev.quarry.embed;

import java.text.Normalizer;

/**
 * Walks over the words of a text as BERT's normalizer and pre-tokenizer see them: control characters dropped, lower case
 * without accents, each punctuation mark and each Chinese character a word of its own. Used once, by one thread.
 */
final class BertWords {
    private static final int ASCII_END = 0x80;
    private static final char REPLACEMENT = 0xFFFD;

    private final String text;
    private int start;
    private int end;

    BertWords(String text) {
        this.text = isAscii(text) ? text : normalize(text);
    }

    /** Moves to the next word; false if there is none. */
    boolean next() {
        start = end;
        while (start < text.length() && isSeparator(text.charAt(start))) {
            start++;
        }
        end = start;
        while (end < text.length() && !isSeparator(text.charAt(end))) {
            int c = text.codePointAt(end);
            if (isPunctuation(c)) {
                end = end == start ? end + Character.charCount(c) : end;
                break;
            }
            end += Character.charCount(c);
        }
        return end > start;
    }

    /** The word that {@link #next()} has moved to. */
    String word() {
        StringBuilder word = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char unit = text.charAt(i);
            if (unit >= 'A' && unit <= 'Z') {
                word.append((char) (unit + 'a' - 'A'));
            } else if (unit >= ' ' && unit != 0x7F) {
                word.append(unit);
            }
        }
        return word.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII_END) {
                return false;
            }
        }
        return true;
    }

    /** All but the lower case of ASCII and the dropping of its controls, which {@link #word()} does. */
    private static String normalize(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n' || c == '\r' || isSpace(c)) {
                clean.append(' ');
            } else if (isChinese(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else if (c != REPLACEMENT && !isOther(c)) {
                clean.appendCodePoint(c);
            }
        });
        StringBuilder plain = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD).codePoints().forEach(c -> {
            if (TrainedCategories.of(c) != Character.NON_SPACING_MARK) {
                plain.appendCodePoint(Character.toLowerCase(c));
            }
        });
        return plain.toString();
    }

    /** White space of Unicode, as far as it is no control character. */
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c);
    }

    private static boolean isSeparator(char unit) {
        return unit == ' ' || unit == '\t' || unit == '\n' || unit == '\r' || (unit >= ASCII_END && isSpace(unit));
    }

    private static boolean isOther(int c) {
        return switch (TrainedCategories.of(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < ASCII_END) {
            return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        }
        return switch (TrainedCategories.of(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** The blocks of ideographs that BERT's authors chose; a later block is not among them. */
    private static boolean isChinese(int c) {
        return isWithin(c, 0x4E00, 0x9FFF)
                || isWithin(c, 0x3400, 0x4DBF)
                || isWithin(c, 0x20000, 0x2A6DF)
                || isWithin(c, 0x2A700, 0x2B73F)
                || isWithin(c, 0x2B740, 0x2B81F)
                || isWithin(c, 0x2B920, 0x2CEAF)
                || isWithin(c, 0xF900, 0xFAFF)
                || isWithin(c, 0x2F800, 0x2FA1F);
    }

    private static boolean isWithin(int c, int low, int high) {
        return low <= c && c <= high;
    }
}
