package dev.quarry.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Symbols as people write them. */
final class Names {
    private Names() {}

    /**
     * A member without its packages, {@code Outer.Inner.member(String,int[])}; a type with its package, {@code
     * a.b.Outer.Inner}. Constructors are called {@code new}.
     */
    static String shown(String symbol) {
        return printable(readable(symbol));
    }

    /** The text on one line: control characters, which names of files may have, as Java escapes them. */
    static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> printable.append("\\n");
                case '\r' -> printable.append("\\r");
                case '\t' -> printable.append("\\t");
                default -> printable.append(Character.isISOControl(c) ? escaped(c) : String.valueOf(c));
            }
        }
        return printable.toString();
    }

    private static String escaped(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    private static String readable(String symbol) {
        int member = symbol.indexOf('#');
        if (member < 0) {
            return symbol.replace('$', '.');
        }
        int open = symbol.indexOf('(', member);
        String name = open < 0 ? symbol.substring(member + 1) : symbol.substring(member + 1, open);
        String shown = withoutPackage(symbol.substring(0, member)) + "." + (name.equals("<init>") ? "new" : name);
        int close = symbol.indexOf(')', member);
        if (open < 0 || close < open) {
            return shown;
        }
        return shown + "(" + parameters(symbol.substring(open + 1, close)) + ")" + owned(symbol.substring(close + 1));
    }

    /** What belongs to a callable, such as a type parameter or a class in it: behind the parentheses as it is. */
    private static String owned(String rest) {
        return rest.replace('#', '.').replace('$', '.');
    }

    private static String parameters(String types) {
        return Arrays.stream(types.split(",", -1)).map(Names::withoutPackage).collect(Collectors.joining(", "));
    }

    private static String withoutPackage(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    }
}
