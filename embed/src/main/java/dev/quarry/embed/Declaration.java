package dev.quarry.embed;

import dev.quarry.schema.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The parts of a declaration's head that its one-line text says.
 *
 * @param type the return type, or a variable's type; empty where there is none or it is not known
 */
record Declaration(String type, List<Parameter> parameters) {
    private static final Set<String> MODIFIERS = Set.of(
            "public",
            "protected",
            "private",
            "static",
            "final",
            "abstract",
            "default",
            "native",
            "synchronized",
            "strictfp",
            "transient",
            "volatile",
            "sealed",
            "non-sealed");

    /** A parameter as it is written. */
    record Parameter(String type, String name) {}

    /** What the node's declaration says, or where it has none, what its signature says. */
    static Declaration of(Node node) {
        String text = node.declaration();
        if (!node.kind().isCallable()) {
            List<String> words = typeAndName(text, node.name());
            return new Declaration(words.size() > 1 ? words.get(words.size() - 2) : "", List.of());
        }
        int open = text.indexOf('(');
        int close = open < 0 ? -1 : closing(text, open);
        if (close < 0) {
            return new Declaration("", parameters(node.signature()));
        }
        List<String> head = words(text.substring(0, open));
        String type = head.size() > 1 ? head.get(head.size() - 2) : "";
        return new Declaration(type, parameters(text.substring(open, close + 1)));
    }

    /** The words of a variable's declaration up to its name. */
    private static List<String> typeAndName(String text, String name) {
        List<String> words = new ArrayList<>();
        for (String word : words(text)) {
            words.add(word);
            if (word.equals(name)) {
                return words;
            }
        }
        return List.of();
    }

    private static List<Parameter> parameters(String inParentheses) {
        List<Parameter> parameters = new ArrayList<>();
        int depth = 0;
        int start = 1;
        for (int i = 1; i < inParentheses.length(); i++) {
            char c = inParentheses.charAt(i);
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || (c == ')' && depth > 0)) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ')')) {
                addParameter(inParentheses.substring(start, i), parameters);
                start = i + 1;
            }
        }
        return parameters;
    }

    private static void addParameter(String text, List<Parameter> parameters) {
        List<String> words = words(text);
        if (words.size() == 1) {
            parameters.add(new Parameter(words.getFirst(), ""));
        } else if (words.size() > 1) {
            String type = String.join(" ", words.subList(0, words.size() - 1));
            parameters.add(new Parameter(type, words.getLast()));
        }
    }

    /** The words outside angle brackets, type arguments left on their type, modifiers and type parameters left out. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        for (char c : (text + " ").toCharArray()) {
            if (Character.isWhitespace(c) && depth == 0) {
                String done = word.toString();
                if (!done.isEmpty() && !MODIFIERS.contains(done) && !done.startsWith("<") && !done.startsWith("@")) {
                    words.add(done);
                }
                word.setLength(0);
            } else {
                depth += c == '<' ? 1 : c == '>' ? -1 : 0;
                word.append(c);
            }
        }
        return words;
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
