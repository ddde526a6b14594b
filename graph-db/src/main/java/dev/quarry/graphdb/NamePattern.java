package dev.quarry.graphdb;

/**
 * A pattern of names: {@code *} stands for any text, {@code ?} for any one character. A pattern with a {@code .}, {@code #}
 * or {@code $} is one of qualified names, any other one of simple names.
 *
 * @param prefix what each fitting name begins with
 * @param regex the same pattern as a regular expression of the engine
 */
record NamePattern(String prefix, String regex, boolean isQualified) {
    static NamePattern of(String pattern) {
        StringBuilder regex = new StringBuilder("^(?s:");
        int prefix = pattern.length();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' || c == '?') {
                prefix = Math.min(prefix, i);
                regex.append(c == '*' ? ".*" : ".");
            } else {
                if (c < 128 && !Character.isLetterOrDigit(c) && c != '_' && c > ' ') {
                    regex.append('\\');
                }
                regex.append(c);
            }
        }
        boolean isQualified = pattern.chars().anyMatch(c -> c == '.' || c == '#' || c == '$');
        return new NamePattern(pattern.substring(0, prefix), regex.append(")$").toString(), isQualified);
    }
}
