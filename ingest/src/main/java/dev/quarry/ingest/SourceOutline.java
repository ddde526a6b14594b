package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a scan of a file's tokens tells without a parser: its package, its top-level types, and the words that it uses as
 * names although newer language levels keep them for themselves.
 *
 * @param packageName empty for the unnamed package
 * @param newestLevel the newest language level at which the words that the file uses as names can be names
 */
record SourceOutline(String packageName, List<String> types, int newestLevel) {
    /** The newest level that any of these words can be a name at. */
    static final int NEWEST_LIMIT = 16;

    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final Set<String> TYPE_WORDS = Set.of("class", "interface", "enum", "record");

    SourceOutline {
        types = List.copyOf(types);
    }

    /** Whether the file can be read at this language level, and not at every newer one. */
    boolean limits(int level) {
        return level <= newestLevel && newestLevel != NO_LIMIT;
    }

    static SourceOutline of(String text) {
        return new Reader(text).read();
    }

    /** Reads tokens: words, and single characters for all else; skips comments and literals. */
    private static final class Reader {
        private final String text;
        private int at;
        private int depth;
        private String packageName = "";
        private final List<String> types = new ArrayList<>();
        private int newestLevel = NO_LIMIT;

        Reader(String text) {
            this.text = text;
        }

        SourceOutline read() {
            String before = "";
            for (String token = next(); !token.isEmpty(); token = next()) {
                note(before, token);
                before = token;
            }
            return new SourceOutline(packageName, types, newestLevel);
        }

        private void note(String before, String token) {
            switch (token) {
                case "{", "(" -> {
                    depth++;
                    if (before.equals("yield") && token.equals("(")) {
                        limit(13);
                    }
                }
                case "}", ")" -> depth--;
                case "_" -> limit(8);
                case "package" -> {
                    if (depth == 0 && packageName.isEmpty() && types.isEmpty()) {
                        packageName = dotted();
                    }
                }
                default -> {
                    if (TYPE_WORDS.contains(before) && Character.isJavaIdentifierStart(token.charAt(0))) {
                        type(token);
                    }
                }
            }
        }

        private void type(String name) {
            if (depth == 0) {
                types.add(name);
            }
            switch (name) {
                case "var" -> limit(9);
                case "yield" -> limit(13);
                case "record" -> limit(15);
                case "sealed", "permits" -> limit(16);
                default -> {}
            }
        }

        private void limit(int level) {
            newestLevel = Math.min(newestLevel, level);
        }

        private String dotted() {
            StringBuilder name = new StringBuilder();
            for (String token = next(); !token.isEmpty() && !token.equals(";"); token = next()) {
                name.append(token);
            }
            return name.toString();
        }

        private String next() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '/' && text.startsWith("//", at)) {
                    at = end("\n", at);
                } else if (c == '/' && text.startsWith("/*", at)) {
                    at = end("*/", at + 2);
                } else if (c == '"') {
                    at = text.startsWith("\"\"\"", at) ? literal("\"\"\"") : literal("\"");
                } else if (c == '\'') {
                    at = literal("'");
                } else if (Character.isWhitespace(c)) {
                    at++;
                } else {
                    return token();
                }
            }
            return "";
        }

        private String token() {
            int start = at++;
            if (Character.isJavaIdentifierPart(text.charAt(start))) {
                while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
                    at++;
                }
            }
            return text.substring(start, at);
        }

        private int end(String mark, int from) {
            int found = text.indexOf(mark, from);
            return found < 0 ? text.length() : found + mark.length();
        }

        /** The end of a literal; one that does not fit on its line ends with it. */
        private int literal(String quote) {
            for (int i = at + quote.length(); i < text.length(); i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                } else if (text.startsWith(quote, i)) {
                    return i + quote.length();
                } else if (text.charAt(i) == '\n' && quote.length() == 1) {
                    return i;
                }
            }
            return text.length();
        }
    }
}
