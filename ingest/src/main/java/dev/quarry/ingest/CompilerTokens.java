package dev.quarry.ingest;

import com.github.javaparser.GeneratedJavaParserConstants;
import com.github.javaparser.TokenTypes;
import dev.quarry.ingest.TokenTable.Category;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jdt.core.compiler.InvalidInputException;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.parser.Scanner;
import org.eclipse.jdt.internal.compiler.parser.TerminalToken;

/**
 * A text's tokens by the compiler's scanner, cut as the syntax parser cuts them, so that both lead to equal hashes.
 *
 * <p>No text makes it throw.
 */
final class CompilerTokens {
    /** Keywords of module descriptors, which have no names bound; everywhere else they are names. */
    private static final Set<String> MODULE_WORDS =
            Set.of("exports", "module", "open", "opens", "provides", "requires", "to", "transitive", "uses", "with");

    private static final Set<String> KEYWORDS = keywords();

    /** Takes the tokens in order; {@code docStart} and {@code docEnd} are -1 where no documentation precedes. */
    interface Sink {
        void token(int start, String text, int docStart, int docEnd);
    }

    private final String source;
    private final Sink sink;
    private int docStart = -1;
    private int docEnd = -1;
    private boolean inMarkdown;

    private CompilerTokens(String source, Sink sink) {
        this.source = source;
        this.sink = sink;
    }

    static void read(String source, Sink sink) {
        new CompilerTokens(source, sink).run();
    }

    private void run() {
        Scanner scanner = new Scanner(
                true, false, false, ClassFileConstants.JDK21, ClassFileConstants.JDK21, null, null, false, false);
        scanner.setSource(source.toCharArray());
        int position = 0;
        while (position < source.length()) {
            boolean valid = true;
            try {
                if (scanner.getNextToken() == TerminalToken.TokenNameEOF) {
                    return;
                }
            } catch (InvalidInputException _) {
                valid = false;
            }
            int start = Math.max(position, scanner.startPosition);
            int end = Math.min(scanner.currentPosition, source.length());
            if (end <= position) {
                position++;
                scanner.resetTo(position, source.length() - 1);
                continue;
            }
            position = end;
            if (end > start) {
                piece(start, valid ? source.substring(start, end) : "\0" + source.substring(start, end));
            }
        }
    }

    private void piece(int start, String text) {
        if (text.startsWith("//") || text.startsWith("/*")) {
            comment(start, text);
        } else if (text.chars().allMatch(c -> c == '>')) {
            for (int i = 0; i < text.length(); i++) {
                token(start + i, ">");
            }
        } else {
            token(start, text);
        }
    }

    private void comment(int start, String text) {
        boolean markdown = text.startsWith("///");
        if (markdown || TokenTable.isDoc(text)) {
            docStart = markdown && inMarkdown ? docStart : start;
            docEnd = start + text.stripTrailing().length();
        }
        inMarkdown = markdown;
    }

    private void token(int start, String text) {
        sink.token(start, text, docStart, docEnd);
        docStart = -1;
        docEnd = -1;
        inMarkdown = false;
    }

    /** What a token of this text is. */
    static Category category(String text) {
        char first = text.charAt(0);
        if (KEYWORDS.contains(text)) {
            return Category.KEYWORD;
        }
        if (first == '"' || first == '\'' || text.equals("true") || text.equals("false") || text.equals("null")) {
            return TokenTable.literal(text);
        }
        if (Character.isDigit(first) || (first == '.' && text.length() > 1 && Character.isDigit(text.charAt(1)))) {
            return Category.NUMBER;
        }
        boolean name = first != 0
                && (first == '\\'
                        || Character.isUnicodeIdentifierStart(text.codePointAt(0))
                        || Character.isJavaIdentifierStart(first)
                        || Character.isSurrogate(first));
        return name ? Category.IDENTIFIER : Category.SIGN;
    }

    /** The words that the syntax parser calls keywords, those of some contexts among them. */
    private static Set<String> keywords() {
        Set<String> words = new TreeSet<>();
        for (int kind = 1; kind < GeneratedJavaParserConstants.tokenImage.length; kind++) {
            String image = GeneratedJavaParserConstants.tokenImage[kind];
            if (image.length() > 2
                    && image.charAt(0) == '"'
                    && Character.isLetter(image.charAt(1))
                    && TokenTypes.getCategory(kind).isKeyword()) {
                words.add(image.substring(1, image.length() - 1));
            }
        }
        words.removeAll(MODULE_WORDS);
        return words;
    }
}
