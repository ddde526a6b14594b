package dev.quarry.schema;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Secrets as keys and passwords are usually written: what people paste into questions and models repeat is neither stored
 * nor shown again. Errs on the side of finding one. Safe for use by several threads.
 */
public final class Secrets {
    /** What stands in a secret's place. */
    public static final String MARK = "[redacted]";

    /** How the names of what is secret end. */
    private static final String NAME = "(?i)(password|passwd|pwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token)";

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            rule("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", MARK),
            rule("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", MARK),
            rule("\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bgithub_pat_[A-Za-z0-9_]{20,}|\\bglpat-[A-Za-z0-9_-]{16,}", MARK),
            rule("\\b[sr]k[-_][A-Za-z0-9_-]{12,}|\\bxox[abprs]-[A-Za-z0-9-]{10,}|\\bAIza[0-9A-Za-z_-]{30,}", MARK),
            rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", MARK),
            rule("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/_=.~-]{12,}", "$1 " + MARK),
            rule("(://)[^\\s/@:]+:[^\\s/@]+@", "$1" + MARK + "@"),
            // A value in quotes, or of some length.
            rule(
                    NAME + "([\"']?\\s*(?:=|:|\\bis\\b)\\s*)(?!\\s|\\[redacted])"
                            + "(\"[^\"\n]{4,}\"|'[^'\n]{4,}'|[^\\s,;\"']{6,})",
                    "$1$2" + MARK),
            // Letters and digits, however a quote before them may end.
            rule(
                    NAME + "(\\s*[\"']?\\s*(?:[:=]|is)\\s*[\"']?)(?!\\[redacted])"
                            + "(?=[^\\s\"',;()$]*\\d)(?=[^\\s\"',;()$]*\\p{L})"
                            + "[^\\s\"',;()$]{6,}+(?!\\$)",
                    "$1$2" + MARK));

    private Secrets() {}

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }

    /** Whether a text holds what looks like a secret; a mark is none. */
    public static boolean isIn(String text) {
        return !redacted(text).equals(text);
    }

    /** The text with a mark in place of each part that looks like a secret. */
    public static String redacted(String text) {
        String clean = text;
        for (Rule rule : RULES) {
            clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
        }
        return clean;
    }
}
