package dev.quarry.ingest;

import com.github.javaparser.JavaToken;
import com.github.javaparser.Position;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text in order, without layout and comments; a documentation comment is known by the token that follows
 * it.
 */
final class TokenTable {
    /** What a token is, as far as canonical hashes and declaration heads tell tokens apart. */
    enum Category {
        KEYWORD(0),
        IDENTIFIER(0),
        STRING('s'),
        CHARACTER('c'),
        NUMBER('n'),
        TRUTH('t'),
        SIGN(0);

        /** What stands for a literal of this category in a shape. */
        final byte mark;

        Category(int mark) {
            this.mark = (byte) mark;
        }
    }

    private static final String MARKDOWN_DOC = "///";

    private final String source;
    private final SourceLines lines;
    private int count;
    private int[] starts;
    private int[] docStarts;
    private int[] docEnds;
    private String[] texts;
    private Category[] categories;

    private TokenTable(String source, SourceLines lines) {
        this.source = source;
        this.lines = lines;
        int expected = 16 + source.length() / 8;
        this.starts = new int[expected];
        this.docStarts = new int[expected];
        this.docEnds = new int[expected];
        this.texts = new String[expected];
        this.categories = new Category[expected];
    }

    /** The tokens of the list that {@code any} belongs to. */
    static TokenTable of(String source, SourceLines lines, JavaToken any) {
        TokenTable table = new TokenTable(source, lines);
        table.read(any.findFirstToken());
        return table;
    }

    /** The same tokens by the compiler's scanner, for a text that the syntax parser refuses; what is no token is a sign. */
    static TokenTable scan(String source, SourceLines lines) {
        TokenTable table = new TokenTable(source, lines);
        CompilerTokens.read(source, table::token);
        for (int token = 0; token < table.count; token++) {
            if (table.categories[token] == Category.KEYWORD && table.isName(token)) {
                table.categories[token] = Category.IDENTIFIER;
            }
        }
        return table;
    }

    /** Whether a word that is a keyword in some places stands in another. */
    private boolean isName(int token) {
        String before = token == 0 ? "" : texts[token - 1];
        return switch (texts[token]) {
            case "record" ->
                token + 2 >= count
                        || categories[token + 1] != Category.IDENTIFIER
                        || !(is(token + 2, "(") || is(token + 2, "<"));
            case "sealed" -> !(token + 1 < count && categories[token + 1] == Category.KEYWORD);
            case "permits" -> !(token > 0 && (categories[token - 1] == Category.IDENTIFIER || before.equals(">")));
            case "when" -> !(token > 0 && (categories[token - 1] == Category.IDENTIFIER || before.equals(")")));
            case "yield" -> is(token + 1, "=") || is(token + 1, ".") || before.equals(".");
            default -> false;
        };
    }

    /** Adds the next token that {@link CompilerTokens} found. */
    private void token(int start, String text, int docStart, int docEnd) {
        add(start, text, CompilerTokens.category(text), docStart, docEnd);
    }

    private void read(JavaToken first) {
        int docStart = -1;
        int docEnd = -1;
        boolean inMarkdown = false;
        for (@Nullable JavaToken token = first;
                token != null;
                token = token.getNextToken().orElse(null)) {
            JavaToken.Category category = token.getCategory();
            if (category.isWhitespace()) {
                continue;
            }
            String text = token.getText();
            if (category.isComment()) {
                boolean markdown = text.startsWith(MARKDOWN_DOC);
                if (markdown || isDoc(text)) {
                    int start = start(token);
                    docStart = markdown && inMarkdown ? docStart : start;
                    docEnd = start + text.stripTrailing().length();
                }
                inMarkdown = markdown;
            } else if (!text.isEmpty()) {
                add(start(token), text, category(category, text), docStart, docEnd);
                docStart = -1;
                docEnd = -1;
                inMarkdown = false;
            }
        }
    }

    static boolean isDoc(String comment) {
        return comment.length() > 4 && comment.startsWith("/**");
    }

    private void add(int start, String text, Category category, int docStart, int docEnd) {
        if (count == starts.length) {
            int room = count * 2;
            starts = Arrays.copyOf(starts, room);
            docStarts = Arrays.copyOf(docStarts, room);
            docEnds = Arrays.copyOf(docEnds, room);
            texts = Arrays.copyOf(texts, room);
            categories = Arrays.copyOf(categories, room);
        }
        starts[count] = start;
        texts[count] = text;
        categories[count] = category;
        docStarts[count] = docStart;
        docEnds[count] = docEnd;
        count++;
    }

    private static Category category(JavaToken.Category category, String text) {
        return switch (category) {
            case IDENTIFIER -> Category.IDENTIFIER;
            case KEYWORD -> Category.KEYWORD;
            case LITERAL -> literal(text);
            case WHITESPACE_NO_EOL, EOL, COMMENT, SEPARATOR, OPERATOR -> Category.SIGN;
        };
    }

    static Category literal(String text) {
        return switch (text.charAt(0)) {
            case '"' -> Category.STRING;
            case '\'' -> Category.CHARACTER;
            case 't', 'f' -> Category.TRUTH;
            case 'n' -> Category.KEYWORD;
            default -> Category.NUMBER;
        };
    }

    private int start(JavaToken token) {
        Position begin = token.getRange().orElseThrow().begin;
        return lines.offset(begin.line, begin.column);
    }

    /** How many tokens there are. */
    int count() {
        return count;
    }

    /** Where a token begins in the text. */
    int start(int token) {
        return starts[token];
    }

    /** Where a token ends in the text, exclusive. */
    int end(int token) {
        return starts[token] + texts[token].length();
    }

    /** A token as written. */
    String text(int token) {
        return texts[token];
    }

    Category category(int token) {
        return categories[token];
    }

    /** Whether a token is this sign or keyword. */
    boolean is(int token, String text) {
        return token < count && texts[token].equals(text);
    }

    /** Where the documentation comment before a token begins, -1 where there is none. */
    int docStart(int token) {
        return docStarts[token];
    }

    /** The documentation comment before a token, with its delimiters; null where there is none. */
    @Nullable
    String doc(int token) {
        return docStarts[token] < 0 ? null : source.substring(docStarts[token], docEnds[token]);
    }

    /** The token that begins where this node's token does, -1 where none does. */
    int indexOf(JavaToken token) {
        Position begin = token.getRange().map(range -> range.begin).orElse(null);
        if (begin == null || begin.line < 1) {
            return -1;
        }
        int found = Arrays.binarySearch(starts, 0, count, lines.offset(begin.line, begin.column));
        return Math.max(found, -1);
    }

    /** The first token that begins at or behind an offset; {@link #count()} where none does. */
    int firstFrom(int offset) {
        int found = Arrays.binarySearch(starts, 0, count, offset);
        return found >= 0 ? found : -found - 1;
    }

    /** The line, from 1, on which an offset lies. */
    int line(int offset) {
        return lines.line(offset);
    }
}
