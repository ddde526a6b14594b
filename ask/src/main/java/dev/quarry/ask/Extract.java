package dev.quarry.ask;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer without a model: what the best pieces are, by the first sentences of their documentation. */
final class Extract {
    private static final int PIECES_MAX = 10;
    private static final int SENTENCE_MAX = 240;
    private static final Pattern DOC = Pattern.compile("(?s)\\A\\s*/\\*\\*(.*?)\\*/");
    private static final Pattern TAG = Pattern.compile("\\{@\\w+\\s+([^}]*)}|<[^>]+>");
    private static final Pattern SENTENCE_END = Pattern.compile("\\.(?=\\s|\\z)");

    private Extract() {}

    /** The text; {@code why} says why no model wrote it. */
    static String text(List<Source> sources, String why) {
        StringBuilder text = new StringBuilder("No language model wrote this answer: " + why + ". ");
        if (sources.isEmpty()) {
            return text.append("No code was found for the question either.\n").toString();
        }
        text.append("The code that fits the question best:\n\n");
        for (Source source : sources.subList(0, Math.min(PIECES_MAX, sources.size()))) {
            text.append("- `")
                    .append(source.symbol().replace('`', '\''))
                    .append("` [")
                    .append(source.number());
            text.append("] (")
                    .append(source.file())
                    .append(':')
                    .append(source.startLine())
                    .append(')');
            String sentence = sentence(source.text());
            text.append(sentence.isEmpty() ? "" : ": " + sentence).append('\n');
        }
        if (sources.size() > PIECES_MAX) {
            text.append("\n").append(sources.size() - PIECES_MAX).append(" more pieces are listed as sources.\n");
        }
        return text.toString();
    }

    /** The first sentence of the comment that the text begins with, as plain text on one line; empty if there is none. */
    static String sentence(String text) {
        Matcher doc = DOC.matcher(text);
        if (!doc.find()) {
            return "";
        }
        String plain = TAG.matcher(doc.group(1).replaceAll("(?m)^\\s*\\*", " "))
                .replaceAll("$1")
                .replaceAll("\\s+", " ")
                .strip();
        int tag = plain.indexOf(" @");
        String body = plain.startsWith("@") ? "" : tag < 0 ? plain : plain.substring(0, tag);
        Matcher end = SENTENCE_END.matcher(body);
        String first = end.find() ? body.substring(0, end.start() + 1) : body;
        return first.length() <= SENTENCE_MAX ? first : first.substring(0, SENTENCE_MAX) + "…";
    }
}
