package dev.quarry.search;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as people write them: simple, behind their type, qualified; with {@code .}, {@code #}, {@code $} or {@code ::}. */
final class Symbols {
    private static final Pattern SYMBOL =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*+(?:\\.[\\p{L}_][\\p{L}\\p{N}_]*+)*+");
    private static final Pattern SEPARATOR = Pattern.compile("::|[#$/]");
    private static final Pattern ARGUMENTS = Pattern.compile("\\([^()]*\\)$");

    private Symbols() {}

    /** The parts of a node's qualified name. */
    record Parts(String name, String owner, String qualifier) {}

    static Parts parts(SearchDocument document) {
        String qualified = document.qualifiedName();
        int member = qualified.indexOf('#');
        String type = member < 0 ? qualified : qualified.substring(0, member);
        int dot = type.lastIndexOf('.');
        String qualifier = document.kind().isDeclared() && dot >= 0 ? type.substring(0, dot) : "";
        String simple = document.kind().isDeclared() ? type.substring(dot + 1) : "";
        if (member < 0) {
            int nest = simple.lastIndexOf('$');
            return new Parts(document.name(), nest < 0 ? "" : simple.substring(0, nest), qualifier);
        }
        String name = document.name().startsWith("<") ? simple.substring(simple.lastIndexOf('$') + 1) : document.name();
        return new Parts(name, simple, qualifier);
    }

    /** All ways to name a document, as they are written and in lower case. */
    static Set<String> namesOf(SearchDocument document) {
        Set<String> names = new LinkedHashSet<>();
        String dotted = dotted(document.qualifiedName());
        for (int at = dotted.length(); at >= 0; at = at == 0 ? -1 : dotted.lastIndexOf('.', at - 1)) {
            String tail = at == dotted.length() ? document.name() : dotted.substring(at == 0 ? 0 : at + 1);
            names.add(tail);
            names.add(tail.toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** The name that this text is, with dots; empty where it is none. A list of parameters behind it does not count. */
    static String symbol(String text) {
        String dotted = dotted(ARGUMENTS.matcher(text.strip()).replaceFirst(""));
        return SYMBOL.matcher(dotted).matches() ? dotted : "";
    }

    /** The simple name of what a document is declared in: a type, or the last part of a package's name. */
    static String owner(SearchDocument document) {
        String dotted = dotted(document.qualifiedName());
        int end = Math.max(dotted.lastIndexOf('.'), 0);
        return dotted.substring(dotted.lastIndexOf('.', end - 1) + 1, end);
    }

    private static String dotted(String name) {
        return SEPARATOR.matcher(name).replaceAll(".");
    }
}
