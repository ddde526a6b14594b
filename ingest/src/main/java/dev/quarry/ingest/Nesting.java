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

    private Nesting() {}

    /** Whether braces, angle brackets or calls are nested so deeply that no parser that binds is to read the text. */
    static boolean isTooDeep(String text) {
        Nesting signs = new Nesting();
        return signs.read(text).tooDeep && inTokens(text).tooDeep; // the signs may stand in literals and comments
    }

    /** Whether the syntax parser may take too long for the text; true for what is nested too deeply. */
    static boolean isTooHardForSyntax(String text) {
        Nesting signs = new Nesting().read(text);
        if (!signs.tooDeep && !signs.tooHard) {
            return false;
        }
        Nesting tokens = inTokens(text);
        return tokens.tooDeep || tokens.tooHard;
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
            String sign = tokens.text(token);
            if (tokens.category(token) == TokenTable.Category.SIGN) {
                sign.chars().forEach(c -> nesting.take((char) c));
            } else {
                nesting.take('a');
            }
        }
        return nesting;
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
