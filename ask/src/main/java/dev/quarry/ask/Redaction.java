package dev.quarry.ask;

import java.util.List;
import java.util.regex.Pattern;

/** Keeps secrets that people paste into questions, and that models repeat, out of what is stored. */
public final class Redaction {
    /** What stands in a secret's place. */
    public static final String MARK = "[redacted]";

    private record Rule(Pattern pattern, String replacement) {}

    private static final List<Rule> RULES = List.of(
            rule("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", MARK),
            rule("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", MARK),
            rule("\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bgithub_pat_[A-Za-z0-9_]{20,}|\\bglpat-[A-Za-z0-9_-]{16,}", MARK),
            rule("\\b[sr]k[-_][A-Za-z0-9_-]{12,}|\\bxox[abprs]-[A-Za-z0-9-]{10,}|\\bAIza[0-9A-Za-z_-]{30,}", MARK),
            rule("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*", MARK),
            rule("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/_=.~-]{12,}", "$1 " + MARK),
            rule("(\\b[a-z][a-z0-9+.-]*://)[^\\s/@:]+:[^\\s/@]+@", "$1" + MARK + "@"),
            rule(
                    "(?i)\\b([a-z0-9_.-]*(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token))"
                            + "(\\s*(?:=|:|\\bis\\b)\\s*)(?!\\s)(\"[^\"\n]{4,}\"|'[^'\n]{4,}'|[^\\s,;\"']{6,})",
                    "$1$2" + MARK));

    private Redaction() {}

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern), replacement);
    }

    /** The text with a mark in place of each part that looks like a secret. */
    public static String of(String text) {
        String clean = text;
        for (Rule rule : RULES) {
            clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
        }
        return clean;
    }
}
