package dev.quarry.ingest;

/**
 * How many tokens the syntax parser would keep of a text. It keeps each white-space character as one, of some hundred bytes,
 * so that a text of a few megabytes would fill the heap. They are counted, so that equal sources give equal graphs.
 */
final class TokenCount {
    /** More than people write, and less than a heap of some hundred megabytes holds for each of a few threads. */
    static final int MAX_FOR_SYNTAX = 500_000;

    private TokenCount() {}

    /** Whether a text is to be read by its compiler's tokens alone, which are without white space. */
    static boolean isTooHighForSyntax(String text) {
        return text.length() > MAX_FOR_SYNTAX && atMost(text) > MAX_FOR_SYNTAX;
    }

    /** Counts words and all other characters; signs in literals and comments too. */
    private static int atMost(String text) {
        int count = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean word = Character.isJavaIdentifierPart(text.charAt(i));
            count += word && inWord ? 0 : 1;
            inWord = word;
        }
        return count;
    }
}
