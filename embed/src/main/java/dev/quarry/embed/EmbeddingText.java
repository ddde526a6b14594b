package dev.quarry.embed;

import dev.quarry.schema.Node;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Makes the text that is embedded for a declaration: a sentence about its signature, the beginning of its documentation,
 * then its source, each on a line of its own.
 *
 * <p>The model was trained on prose. A sentence with the identifiers cut into words tells it more than the code does, and
 * it comes first because what exceeds the model's limit of tokens is not read. For the same reason the vector of a
 * declaration leans towards that of its first line alone ({@link EmbeddingModel#embedDeclarations}).
 */
public final class EmbeddingText {
    /**
     * The version of the recipe. It is part of a model's id, so that vectors made by another recipe are never mixed with
     * these; raise it with every change of what {@link #of} returns.
     */
    public static final String RECIPE = "sig-doc-code-1";

    private static final int DOC_MAX_CHARS = 300;
    private static final int SOURCE_MAX_CHARS = 1500;

    private EmbeddingText() {}

    /**
     * The text of a declaration.
     *
     * @param ownerName the simple name of the type that declares it, or the package of a top-level type; may be empty
     * @param source the declaration's source without its documentation comment; may be empty
     * @param doc the documentation as plain text; may be empty
     */
    public static String of(Node node, String ownerName, String source, String doc) {
        StringBuilder text = new StringBuilder();
        text.append(subject(node, ownerName));
        if (!ownerName.isEmpty()) {
            text.append(" in ").append(words(ownerName));
        }
        text.append('.');
        if (node.kind().isCallable()) {
            appendSignature(Declaration.of(node), text);
        } else if (node.kind().isVariable()) {
            appendIfAny(" type ", Declaration.of(node).type(), text);
        }
        appendIfAny("\n", beginning(doc), text);
        appendIfAny("\n", source.substring(0, Math.min(source.length(), SOURCE_MAX_CHARS)), text);
        return text.toString();
    }

    /** The sentence about the signature in a text that {@link #of} has made. */
    static String head(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The words of an identifier in lower case: {@code isHTTPBlank_2} gives {@code is http blank 2}. */
    public static String words(String identifier) {
        StringJoiner words = new StringJoiner(" ");
        int start = 0;
        for (int i = 1; i <= identifier.length(); i++) {
            if (i == identifier.length() || isBoundary(identifier, i)) {
                String word = identifier.substring(start, i);
                if (Character.isLetterOrDigit(word.codePointAt(0))) {
                    words.add(word.toLowerCase(Locale.ROOT));
                }
                start = i;
            }
        }
        return words.toString();
    }

    private static String subject(Node node, String ownerName) {
        String name = words(node.name());
        return switch (node.kind()) {
            case CONSTRUCTOR -> words(ownerName);
            case INITIALIZER -> "static initializer";
            case CLASS, INTERFACE, ENUM, RECORD, ANNOTATION ->
                node.kind().name().toLowerCase(Locale.ROOT) + " " + name;
            default -> name;
        };
    }

    private static void appendSignature(Declaration declaration, StringBuilder text) {
        if (!declaration.parameters().isEmpty()) {
            StringJoiner parameters = new StringJoiner(", ");
            for (Declaration.Parameter parameter : declaration.parameters()) {
                parameters.add((parameter.type() + " " + words(parameter.name())).strip());
            }
            text.append(" parameters ").append(parameters).append('.');
        }
        if (!declaration.type().isEmpty()) {
            text.append(" returns ").append(declaration.type()).append('.');
        }
    }

    private static void appendIfAny(String before, String what, StringBuilder text) {
        if (!what.isBlank()) {
            text.append(before).append(what);
        }
    }

    /** The first sentences of a documentation, up to a length. */
    private static String beginning(String doc) {
        String plain = doc.strip();
        if (plain.length() <= DOC_MAX_CHARS) {
            return plain;
        }
        int end = plain.lastIndexOf(". ", DOC_MAX_CHARS);
        return plain.substring(0, end > 0 ? end + 1 : DOC_MAX_CHARS);
    }

    private static boolean isBoundary(String identifier, int i) {
        char before = identifier.charAt(i - 1);
        char here = identifier.charAt(i);
        if (Character.isLetter(before) && Character.isLetter(here)) {
            boolean nextIsLower = i + 1 < identifier.length() && Character.isLowerCase(identifier.charAt(i + 1));
            return Character.isUpperCase(here) && (!Character.isUpperCase(before) || nextIsLower);
        }
        return !(Character.isDigit(before) && Character.isDigit(here))
                && !(Character.isSurrogate(before) || Character.isSurrogate(here));
    }
}
