package dev.quarry.llm;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/**
 * A table of the configuration, read with checks: what is wrong is a {@link QuarryException} BAD_INPUT that names the file,
 * the key and the remedy.
 */
public final class ConfigTable {
    private final String place;
    private final String name;
    private final @Nullable TomlTable table;

    ConfigTable(String place, String name, @Nullable TomlTable table) {
        this.place = place;
        this.name = name;
        this.table = table;
    }

    /** Refuses keys other than these. */
    public ConfigTable allowing(Set<String> known) {
        if (table != null) {
            for (String key : table.keySet()) {
                if (!known.contains(key)) {
                    throw wrong(key, "is not known: the keys here are " + String.join(", ", new TreeSet<>(known)));
                }
            }
        }
        return this;
    }

    /** The text of a key. */
    public Optional<String> text(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text.strip());
        }
        throw wrong(key, "must be a text that is not blank, in quotes");
    }

    /** The text of a key that must be there. */
    public String required(String key, String remedy) {
        return text(key).orElseThrow(() -> wrong(key, "is missing: " + remedy));
    }

    /** The whole number of a key. */
    public int number(String key, int fallback, int min, int max) {
        Object value = value(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Long number && number >= min && number <= max) {
            return number.intValue();
        }
        throw wrong(key, "must be a whole number from " + min + " to " + max);
    }

    /** The number of a key, which is not negative. */
    public Optional<Double> amount(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0) {
            return Optional.of(number.doubleValue());
        }
        throw wrong(key, "must be a number that is not negative");
    }

    /** The truth value of a key. */
    public boolean truth(String key, boolean fallback) {
        Object value = value(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw wrong(key, "must be true or false");
    }

    /** The failure of a key. */
    public QuarryException wrong(String key, String what) {
        return new QuarryException(ErrorCode.BAD_INPUT, place + ": " + name + "." + key + " " + what);
    }

    private @Nullable Object value(String key) {
        return table == null ? null : table.toMap().get(key);
    }
}
