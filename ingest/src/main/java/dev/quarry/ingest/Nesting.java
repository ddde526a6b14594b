package dev.quarry.ingest;

/** How deeply the braces of a text are nested. The parsers and the binding take more than linear time in it. */
final class Nesting {
    private static final int MAX_DEPTH = 400;

    private Nesting() {}

    /** Whether braces are nested more deeply than people and tools nest them. */
    static boolean isTooDeep(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            }
            if (depth > MAX_DEPTH) {
                return isTooDeepInTokens(text); // the braces may stand in literals and comments
            }
        }
        return false;
    }

    private static boolean isTooDeepInTokens(String text) {
        TokenTable tokens = TokenTable.scan(text, SourceLines.of(text));
        int depth = 0;
        for (int token = 0; token < tokens.count() && depth <= MAX_DEPTH; token++) {
            depth += tokens.is(token, "{") ? 1 : tokens.is(token, "}") ? -1 : 0;
        }
        return depth > MAX_DEPTH;
    }
}
