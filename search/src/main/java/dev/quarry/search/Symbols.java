package dev.quarry.search;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as people write them: simple, behind their type, qualified; with {@code .}, {@code #}, {@code $} or {@code ::}. */
public final class Symbols {
    private static final Pattern SEPARATOR = Pattern.compile("::|[#$/]");

    private Symbols() {}

    /**
     * Whether a text is one name and nothing else, so that a search for it looks for what bears that name: {@code isBlank},
     * {@code StringUtils.isBlank(CharSequence)}, {@code List<String>}, {@code new Gson()}, {@code src/a/Gson.java:12}.
     */
    public static boolean isSymbol(String text) {
        return !TypedName.read(text).name().isEmpty();
    }

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

    /** All ways to name a document, from its simple name to the whole. */
    static Set<String> namesOf(SearchDocument document) {
        Set<String> names = new LinkedHashSet<>();
        names.add(document.name());
        String dotted = dotted(document.qualifiedName());
        for (int dot = dotted.lastIndexOf('.'); dot > 0; ) {
            dot = dotted.lastIndexOf('.', dot - 1);
            names.add(dotted.substring(dot + 1));
        }
        return names;
    }

    /** The simple name of what a document is declared in: a type, or the last part of a package's name. */
    static String owner(SearchDocument document) {
        String dotted = dotted(document.qualifiedName());
        int end = Math.max(dotted.lastIndexOf('.'), 0);
        return dotted.substring(dotted.lastIndexOf('.', end - 1) + 1, end);
    }

    static String dotted(String name) {
        return SEPARATOR.matcher(name).replaceAll(".");
    }
}
