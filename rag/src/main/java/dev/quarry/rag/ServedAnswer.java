package dev.quarry.rag;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That an entry was served, for a verdict on it later and from another process.
 *
 * @param entry the entry's id
 * @param similarity how close the question was that it was served for, as a cosine
 */
public record ServedAnswer(String entry, double similarity) {
    private static final Pattern ID = Pattern.compile("([0-9a-f]{32})-([01]\\.\\d{4})-[0-9a-f]{8}");
    private static final int UNIQUE_DIGITS = 8;

    /** A new id of an answer that says all of this. */
    public String newId() {
        String unique = UUID.randomUUID().toString().substring(0, UNIQUE_DIGITS);
        return String.format(Locale.ROOT, "%s-%.4f-%s", entry, Math.clamp(similarity, 0, 1), unique);
    }

    /** What such an id says; empty if it is none. */
    public static Optional<ServedAnswer> of(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches()
                ? Optional.of(new ServedAnswer(matcher.group(1), Double.parseDouble(matcher.group(2))))
                : Optional.empty();
    }
}
