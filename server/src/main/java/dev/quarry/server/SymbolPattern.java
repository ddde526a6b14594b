package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.QuarryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A symbol's name as people write it: {@code isBlank}, {@code StringUtils.isBlank}, {@code a.b.C#m(int, List<String>)},
 * {@code Map.Entry}, {@code Outer$Inner}, {@code C.new} for constructors.
 *
 * @param segments the names from the outside in; the last is the simple name
 * @param parameters the parameter types as written, without type arguments; empty if no parentheses were given
 */
record SymbolPattern(List<String> segments, Optional<List<String>> parameters) {
    private static final Pattern SEPARATOR = Pattern.compile("[.#$]");

    SymbolPattern {
        segments = List.copyOf(segments);
    }

    /** Reads a name. */
    static SymbolPattern parse(String text) {
        String name = text.strip();
        Optional<List<String>> parameters = Optional.empty();
        int open = name.indexOf('(');
        if (open >= 0) {
            if (!name.endsWith(")")) {
                throw malformed(text);
            }
            parameters = Optional.of(parameters(name.substring(open + 1, name.length() - 1)));
            name = name.substring(0, open);
        }
        List<String> segments = new ArrayList<>(Arrays.asList(SEPARATOR.split(withoutTypeArguments(name))));
        segments.replaceAll(String::strip);
        if (segments.isEmpty() || segments.contains("")) {
            throw malformed(text);
        }
        if (segments.getLast().equals("new")) {
            segments.set(segments.size() - 1, "<init>");
        }
        return new SymbolPattern(segments, parameters);
    }

    /** The name without its qualifiers. */
    String simpleName() {
        return segments.getLast();
    }

    /** Whether this node can be meant. */
    boolean matches(Node node) {
        List<String> have = Arrays.asList(SEPARATOR.split(node.qualifiedName()));
        int skipped = have.size() - segments.size();
        return skipped >= 0
                && have.subList(skipped, have.size()).equals(segments)
                && (parameters.isEmpty() || parametersMatch(parameters.get(), node.signature()));
    }

    /** Whether the whole qualified name was written. */
    boolean isWhole(Node node) {
        return Arrays.asList(SEPARATOR.split(node.qualifiedName())).equals(segments);
    }

    private static boolean parametersMatch(List<String> wanted, String signature) {
        if (!signature.startsWith("(")) {
            return false;
        }
        List<String> have = parameters(signature.substring(1, signature.length() - 1));
        if (have.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < have.size(); i++) {
            if (!typeMatches(wanted.get(i), have.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean typeMatches(String wanted, String have) {
        String normalized = have.replace('$', '.');
        String written = wanted.replace('$', '.');
        return normalized.equals(written) || normalized.endsWith("." + written);
    }

    private static List<String> parameters(String text) {
        String plain = withoutTypeArguments(text).replace("...", "[]").strip();
        if (plain.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(plain.split(",", -1)).map(SymbolPattern::typeOnly).toList();
    }

    /** Drops a parameter's name and modifiers: {@code final int count} is {@code int}. */
    private static String typeOnly(String parameter) {
        String type = parameter.strip();
        if (type.startsWith("final ")) {
            type = type.substring("final ".length()).strip();
        }
        int space = type.indexOf(' ');
        return space < 0 ? type : type.substring(0, space);
    }

    private static String withoutTypeArguments(String text) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean special = text.startsWith("<init>", i) || text.startsWith("<clinit>", i);
            if (special && depth == 0) {
                int end = text.indexOf('>', i) + 1;
                plain.append(text, i, end);
                i = end - 1;
            } else if (c == '<') {
                depth++;
            } else if (c == '>') {
                depth--;
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** Says that a text names nothing, and what would. */
    static QuarryException malformed(String text) {
        return new QuarryException(
                ErrorCode.BAD_INPUT,
                "'" + text
                        + "' is no symbol: write a name such as StringUtils.isBlank, isBlank(CharSequence), a.b.C, or"
                        + " File.java:12");
    }
}
