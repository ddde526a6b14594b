package dev.quarry.rag;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells texts that hold a secret, as keys and passwords are usually written. What does is not kept. */
final class SecretFilter {
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            Pattern.compile("\\bgh[pousr]_[0-9A-Za-z]{30,}\\b"),
            Pattern.compile("\\bgithub_pat_[0-9A-Za-z_]{30,}\\b"),
            Pattern.compile("\\bglpat-[0-9A-Za-z_-]{20,}"),
            Pattern.compile("\\bsk-[0-9A-Za-z_-]{20,}"),
            Pattern.compile("\\bxox[abprs]-[0-9A-Za-z-]{10,}"),
            Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
            Pattern.compile("\\beyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{5,}"),
            Pattern.compile("(?i)\\bbearer\\s+[0-9a-z._~+/-]{20,}=*"),
            Pattern.compile("(?i)://[^\\s:/@]+:[^\\s:/@]{3,}@"));

    /** A name of a secret with a value that is written out; a name of a variable or a call is no value. */
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?i)(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token)\\s*[\"']?\\s*(?:[:=]|is)\\s*"
                    + "[\"']?([^\\s\"',;()]{6,})");

    private static final int RANDOM_LENGTH_MIN = 6;

    private SecretFilter() {}

    /** Whether this text holds a secret. */
    static boolean holdsSecret(String text) {
        if (FORMS.stream().anyMatch(form -> form.matcher(text).find())) {
            return true;
        }
        Matcher assigned = ASSIGNED.matcher(text);
        while (assigned.find()) {
            String value = assigned.group(1);
            boolean hasDigit = value.chars().anyMatch(Character::isDigit);
            boolean hasLetter = value.chars().anyMatch(Character::isLetter);
            if (value.length() >= RANDOM_LENGTH_MIN && hasDigit && hasLetter && value.indexOf('$') < 0) {
                return true;
            }
        }
        return false;
    }
}
