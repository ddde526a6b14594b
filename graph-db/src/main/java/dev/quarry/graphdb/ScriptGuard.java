package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a user's script before the engine's parser does, whose time is exponential in the depth of brackets and obeys no
 * limit, and whose stack is not checked.
 *
 * <p>A bracket at depth {@code d} costs {@code 2^d}, and a script may cost so much in all. Statements that do not read
 * data, or that take time outside the engine's limits, are refused by their names. So are functions that make as large a
 * value as one asks for: the engine's limits are looked at between rows, not within an expression.
 */
final class ScriptGuard {
    private static final int MAX_DEPTH = 13;
    private static final int MAX_COST = 1 << 15;
    /** How many brackets there may be: each is an atom or more, and planning a rule is far worse than linear in them. */
    private static final int MAX_BRACKETS = 256;
    /** How many {@code !}, {@code -} or {@code not} may follow each other; each is a frame on the parser's stack. */
    private static final int MAX_SIGNS = 64;

    /** How many elements the ranges of a script may have in all. */
    private static final long MAX_RANGE = 100_000;

    private static final Set<String> UNBOUNDED = Set.of("rand_vec", "windows");
    private static final Pattern NUMBERS =
            Pattern.compile("\\s*\\(\\s*(-?\\d{1,18}(?:\\s*,\\s*-?\\d{1,18}){0,2})\\s*,?\\s*\\)");
    private static final Set<String> SYSTEM = Set.of("relations", "columns", "indices", "explain", "fixed_rules");
    private static final Set<String> FORBIDDEN = Set.of(":sleep", "%debug");

    private final String script;
    private int at;
    private int depth;
    private int cost;
    private int brackets;
    private int signs;
    private long ranged;

    private ScriptGuard(String script) {
        this.script = script;
    }

    /** Refuses a script that must not reach the engine. */
    static void check(String script, QueryLimits limits) {
        QueryLimits.requireScript(script);
        if (script.length() > limits.scriptLength()) {
            throw new QuarryException(
                    ErrorCode.LIMIT,
                    "the query has " + script.length() + " characters, more than the limit of " + limits.scriptLength()
                            + ": pass data as parameters");
        }
        new ScriptGuard(script).scan();
    }

    private void scan() {
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '#') {
                skipTo("\n");
            } else if (script.startsWith("/*", at)) {
                skipComment();
            } else if (c == '"' || c == '\'') {
                skipText(c);
            } else if (c == '_' && isRawText()) {
                skipRawText();
            } else {
                step(c);
            }
        }
    }

    private void step(char c) {
        at++;
        switch (c) {
            case '(', '[', '{' -> open();
            case ')', ']', '}' -> depth = Math.max(0, depth - 1);
            case ':' -> word(at - 1);
            case '%' -> word(at - 1);
            default -> {}
        }
        if (c == '!' || c == '-') {
            sign();
        } else if (Character.isLetterOrDigit(c) || c == '_') {
            int start = at - 1;
            skipName();
            name(script.substring(start, at));
        } else if (!Character.isWhitespace(c)) {
            signs = c == '(' ? signs : 0;
        }
    }

    private void name(String name) {
        if (name.equals("not")) {
            sign();
            return;
        }
        signs = 0;
        boolean isCalled = "(/#".indexOf(nextVisible()) >= 0; // a comment may stand in between
        if (isCalled && UNBOUNDED.contains(name)) {
            throw refuse("'" + name + "' is not possible here: leave it out");
        }
        if (isCalled && name.equals("int_range")) {
            range();
        }
    }

    private char nextVisible() {
        int next = at;
        while (next < script.length() && Character.isWhitespace(script.charAt(next))) {
            next++;
        }
        return next < script.length() ? script.charAt(next) : ' ';
    }

    /** Counts the elements of {@code int_range(end)}, {@code (start, end)} or {@code (start, end, step)}. */
    private void range() {
        Matcher numbers = NUMBERS.matcher(script).region(at, script.length());
        if (!numbers.lookingAt()) {
            throw refuse("'int_range' takes one to three whole numbers here, written out: put them into the query");
        }
        long[] given = Arrays.stream(numbers.group(1).split(","))
                .mapToLong(each -> Long.parseLong(each.strip()))
                .toArray();
        long start = given.length == 1 ? 0 : given[0];
        long end = given.length == 1 ? given[0] : given[1];
        long step = given.length < 3 || given[2] == 0 ? 1 : Math.abs(given[2]);
        ranged += Math.abs(end - start) / step;
        if (ranged > MAX_RANGE) {
            throw new QuarryException(
                    ErrorCode.LIMIT,
                    "the query's ranges have more than " + MAX_RANGE + " numbers: ask for fewer, in several queries");
        }
    }

    private void sign() {
        if (++signs > MAX_SIGNS) {
            throw refuse("the query has more than " + MAX_SIGNS + " negations in a row");
        }
    }

    private void open() {
        depth++;
        cost += depth > MAX_DEPTH ? MAX_COST : 1 << depth;
        if (cost > MAX_COST || ++brackets > MAX_BRACKETS) {
            throw new QuarryException(
                    ErrorCode.LIMIT,
                    "the query's brackets are nested too deep or too often: pass data as parameters, and split"
                            + " expressions over several rules");
        }
    }

    /** Looks at {@code ::name}, {@code :name} and {@code %name}. */
    private void word(int start) {
        boolean isSystem = script.startsWith("::", start);
        int from = start + (isSystem ? 2 : 1);
        int end = from;
        while (isSystem && end < script.length() && Character.isWhitespace(script.charAt(end))) {
            end++;
        }
        from = end;
        while (end < script.length() && (Character.isLetterOrDigit(script.charAt(end)) || script.charAt(end) == '_')) {
            end++;
        }
        String name = script.substring(from, end);
        if (isSystem && !SYSTEM.contains(name)) {
            throw refuse("'::" + name + "' is not possible here; of the statements with '::' only "
                    + String.join(", ", SYSTEM.stream().sorted().toList()) + " are");
        }
        if (!isSystem && FORBIDDEN.contains(script.charAt(start) + name)) {
            throw refuse("'" + script.charAt(start) + name + "' is not possible here: leave it out");
        }
        if (isSystem) {
            at = end;
        }
    }

    private void skipName() {
        while (at < script.length() && (Character.isLetterOrDigit(script.charAt(at)) || script.charAt(at) == '_')) {
            at++;
        }
    }

    private void skipTo(String mark) {
        int found = script.indexOf(mark, at);
        at = found < 0 ? script.length() : found + mark.length();
    }

    private void skipComment() {
        int open = 0;
        do {
            if (script.startsWith("/*", at)) {
                open++;
                at += 2;
            } else if (script.startsWith("*/", at)) {
                open--;
                at += 2;
            } else {
                at++;
            }
            if (open > MAX_SIGNS) {
                throw refuse("the query has more than " + MAX_SIGNS + " comments inside each other");
            }
        } while (open > 0 && at < script.length());
    }

    private void skipText(char quote) {
        at++;
        while (at < script.length() && script.charAt(at) != quote) {
            at += script.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        signs = 0;
    }

    /** Whether underscores and a quotation mark follow. */
    private boolean isRawText() {
        int end = at;
        while (end < script.length() && script.charAt(end) == '_') {
            end++;
        }
        return end < script.length() && script.charAt(end) == '"';
    }

    private void skipRawText() {
        int quote = script.indexOf('"', at);
        String marks = script.substring(at, quote);
        at = quote + 1;
        skipTo("\"" + marks);
        signs = 0;
    }

    private static QuarryException refuse(String why) {
        return new QuarryException(ErrorCode.BAD_INPUT, why);
    }
}
