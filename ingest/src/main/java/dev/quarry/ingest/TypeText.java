package dev.quarry.ingest;

import dev.quarry.schema.Flags;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads pieces of declarations as written: modifiers, parameters, bounds. Never throws, whatever the text. */
final class TypeText {
    private static final Set<String> NO_TYPE = Set.of("final", "@", ".");
    private static final Map<String, Integer> MODIFIERS = Map.ofEntries(
            Map.entry("public", Modifier.PUBLIC),
            Map.entry("protected", Modifier.PROTECTED),
            Map.entry("private", Modifier.PRIVATE),
            Map.entry("static", Modifier.STATIC),
            Map.entry("final", Modifier.FINAL),
            Map.entry("abstract", Modifier.ABSTRACT),
            Map.entry("native", Modifier.NATIVE),
            Map.entry("synchronized", Modifier.SYNCHRONIZED),
            Map.entry("default", Flags.DEFAULT));

    private TypeText() {}

    /** The tokens of a text. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        CompilerTokens.read(text, (_, word, _, _) -> words.add(word));
        return words;
    }

    /** The modifiers that stand in the text before a declaration's name. */
    static int modifiers(String text) {
        int bits = 0;
        for (String word : words(text)) {
            bits |= MODIFIERS.getOrDefault(word, 0);
        }
        return bits;
    }

    /** The erased types of the parameters as written, without annotations: {@code Map.Entry}, {@code int[]}. */
    static List<String> parameters(String text) {
        List<String> parameters = new ArrayList<>();
        for (List<String> words : split(words(inside(text)))) {
            String type = parameter(words);
            if (!type.isEmpty()) {
                parameters.add(type);
            }
        }
        return parameters;
    }

    private static String parameter(List<String> words) {
        StringBuilder name = new StringBuilder();
        int dimensions = 0;
        boolean expectName = true;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("@")) {
                i = afterAnnotation(words, i);
            } else if (word.equals("<")) {
                i = closing(words, i, "<", ">");
            } else if (word.equals("[") || word.equals("...")) {
                dimensions++;
            } else if (word.equals(".")) {
                name.append('.');
                expectName = true;
            } else if (isWord(word) && !NO_TYPE.contains(word)) {
                if (word.equals("this")) {
                    return "";
                }
                if (expectName) {
                    name.append(word);
                    expectName = false;
                }
            }
        }
        return name.isEmpty() ? "" : name + "[]".repeat(dimensions);
    }

    /** The last token of the annotation that begins at an index. */
    private static int afterAnnotation(List<String> words, int at) {
        int next = at + 1;
        while (next + 2 < words.size() && words.get(next + 1).equals(".")) {
            next += 2;
        }
        return next + 1 < words.size() && words.get(next + 1).equals("(") ? closing(words, next + 1, "(", ")") : next;
    }

    private static int closing(List<String> words, int from, String open, String close) {
        int depth = 0;
        for (int i = from; i < words.size(); i++) {
            depth += words.get(i).equals(open) ? 1 : words.get(i).equals(close) ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return words.size();
    }

    /** The bounds of type parameters as written: {@code T} to {@code Object} where it has none. */
    static Map<String, String> bounds(String text) {
        Map<String, String> bounds = new HashMap<>();
        for (String list : text.split("(?<=>)(?=<)")) {
            for (List<String> words : split(words(inside(list)))) {
                int from = !words.isEmpty() && words.getFirst().equals("@") ? afterAnnotation(words, 0) + 1 : 0;
                if (from < words.size()) {
                    boolean bounded =
                            from + 2 < words.size() && words.get(from + 1).equals("extends");
                    String bound = bounded ? parameter(words.subList(from + 2, words.size())) : "java.lang.Object";
                    bounds.putIfAbsent(words.get(from), bound);
                }
            }
        }
        return bounds;
    }

    private static String inside(String text) {
        return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    }

    private static boolean isWord(String word) {
        return Character.isJavaIdentifierStart(word.charAt(0)) && word.charAt(0) != 0;
    }

    /** Cuts at the commas that stand in no brackets. */
    private static List<List<String>> split(List<String> words) {
        List<List<String>> pieces = new ArrayList<>();
        List<String> piece = new ArrayList<>();
        int depth = 0;
        for (String word : words) {
            switch (word) {
                case "(", "<", "{", "[" -> depth++;
                case ")", ">", "}", "]" -> depth--;
                default -> {}
            }
            if (word.equals(",") && depth == 0) {
                pieces.add(piece);
                piece = new ArrayList<>();
            } else {
                piece.add(word);
            }
        }
        pieces.add(piece);
        return pieces;
    }
}
