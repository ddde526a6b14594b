package dev.quarry.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Symbols as people write them. */
final class Names {
    private Names() {}

    /**
     * A member without its packages, {@code Outer.Inner.member(String,int[])}; a type with its package, {@code
     * a.b.Outer.Inner}. Constructors are called {@code new}.
     */
    static String shown(String symbol) {
        int member = symbol.indexOf('#');
        if (member < 0) {
            return symbol.replace('$', '.');
        }
        int open = symbol.indexOf('(', member);
        String name = open < 0 ? symbol.substring(member + 1) : symbol.substring(member + 1, open);
        String shown = withoutPackage(symbol.substring(0, member)) + "." + (name.equals("<init>") ? "new" : name);
        return open < 0 ? shown : shown + "(" + parameters(symbol.substring(open + 1, symbol.length() - 1)) + ")";
    }

    private static String parameters(String types) {
        return Arrays.stream(types.split(",", -1)).map(Names::withoutPackage).collect(Collectors.joining(", "));
    }

    private static String withoutPackage(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    }
}
