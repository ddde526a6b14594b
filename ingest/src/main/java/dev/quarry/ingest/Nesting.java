package dev.quarry.ingest;

import java.util.BitSet;

/**
 * How deeply the signs of a text are nested, which the parsers and the binding take more than linear time in: braces, angle
 * brackets, and parentheses of calls. It is counted, not timed, so that equal sources give equal graphs.
 */
final class Nesting {
    /** Deeper than people and tools nest. */
    private static final int MAX_DEPTH = 400;

    /** How many opening parentheses one statement may have for the syntax parser. */
    private static final int MAX_PARENTHESES = 2_000;

    private static final int NOWHERE = -1;

    /** How many braces of lambdas may lie around each other for the syntax parser. */
    private static final int MAX_LAMBDAS = 20;

    private final BitSet callParentheses = new BitSet();
    private final BitSet lambdaBraces = new BitSet();
    private int braces;
    private int lambdas;
    private int angles;
    private int parentheses;
    private int opened;
    private int calls;
    private char last = ';';
    private char beforeLast = ';';
    private boolean tooDeep;
    private boolean tooHard;
    private int hardAt = NOWHERE;

    private Nesting() {}

    /** Whether braces, angle brackets or calls are nested so deeply that no parser that binds is to read the text. */
    static boolean isTooDeep(String text) {
        Nesting signs = new Nesting();
        return signs.read(text).tooDeep && inTokens(text).tooDeep; // the signs may stand in literals and comments
    }

    /**
     * Where a text begins to be such that the syntax parser may take too long for it, as what is nested too deeply is; -1
     * for other texts.
     */
    static int tooHardForSyntaxAt(String text) {
        Nesting signs = new Nesting().read(text);
        return signs.tooDeep || signs.tooHard ? inTokens(text).hardAt : NOWHERE;
    }

    /**
     * A text of the same length with blanks for the statements, and heads of declarations, whose angle brackets are nested
     * too deeply: to recover from these takes the error-tolerant parser more than quadratic time.
     */
    static String withoutDeepAngles(String text) {
        if (!isTooDeep(text)) {
            return text;
        }
        TokenTable tokens = TokenTable.scan(text, SourceLines.of(text));
        Nesting nesting = new Nesting();
        StringBuilder rest = new StringBuilder(text);
        int statement = 0;
        boolean deep = false;
        for (int token = 0; token < tokens.count(); token++) {
            nesting.take(tokens, token);
            deep |= nesting.angles > MAX_DEPTH;
            boolean end = isEnd(tokens.text(token));
            if (deep && (end || token == tokens.count() - 1)) {
                blank(rest, tokens.start(statement), end ? tokens.start(token) : tokens.end(token));
            }
            statement = end ? token + 1 : statement;
            deep &= !end;
        }
        return rest.toString();
    }

    private static boolean isEnd(String token) {
        return token.equals(";") || token.equals("{") || token.equals("}");
    }

    private static void blank(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) > ' ') {
                text.setCharAt(i, ' ');
            }
        }
    }

    private Nesting read(String text) {
        for (int i = 0; i < text.length() && !tooDeep; i++) {
            char c = text.charAt(i);
            if (c > ' ') {
                take(c);
            }
        }
        return this;
    }

    private static Nesting inTokens(String text) {
        TokenTable tokens = TokenTable.scan(text, SourceLines.of(text));
        Nesting nesting = new Nesting();
        for (int token = 0; token < tokens.count() && !nesting.tooDeep; token++) {
            nesting.take(tokens, token);
            if (nesting.hardAt == NOWHERE && (nesting.tooDeep || nesting.tooHard)) {
                nesting.hardAt = tokens.start(token);
            }
        }
        return nesting;
    }

    private void take(TokenTable tokens, int token) {
        if (tokens.category(token) == TokenTable.Category.SIGN) {
            tokens.text(token).chars().forEach(c -> take((char) c));
        } else {
            take('a');
        }
    }

    private void take(char c) {
        switch (c) {
            case '{' -> open();
            case '}' -> close();
            case ';' -> endStatement();
            case '<' -> angles++;
            case '>' -> angles = last == '-' ? angles : Math.max(0, angles - 1);
            case '(' -> openParenthesis();
            case ')' -> closeParenthesis();
            default -> {}
        }
        tooDeep |= braces > MAX_DEPTH || angles > MAX_DEPTH || calls > MAX_DEPTH;
        tooHard |= opened > MAX_PARENTHESES || lambdas > MAX_LAMBDAS;
        beforeLast = last;
        last = c;
    }

    private void open() {
        endStatement();
        boolean ofLambda = last == '>' && beforeLast == '-';
        lambdaBraces.set(Math.max(0, braces), ofLambda);
        lambdas += ofLambda ? 1 : 0;
        braces++;
    }

    private void close() {
        endStatement();
        braces--;
        if (braces >= 0 && lambdaBraces.get(braces)) {
            lambdaBraces.clear(braces);
            lambdas--;
        }
    }

    private void endStatement() {
        angles = 0;
        parentheses = 0;
        opened = 0;
        calls = 0;
        callParentheses.clear();
    }

    private void openParenthesis() {
        boolean ofCall = Character.isJavaIdentifierPart(last) || last == '>';
        callParentheses.set(parentheses, ofCall);
        calls += ofCall ? 1 : 0;
        parentheses++;
        opened++;
    }

    private void closeParenthesis() {
        if (parentheses > 0 && callParentheses.get(--parentheses)) {
            calls--;
        }
    }
}
