package dev.quarry.llm;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/**
 * A table of the configuration, read with checks: what is wrong is a {@link QuarryException} BAD_INPUT that names the file,
 * the key and the remedy.
 */
public final class ConfigTable {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

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

    /**
     * Where a secret is: in the variable that the key {@code WHAT_env} names, or in the file that {@code WHAT_file} names.
     *
     * @param example a variable that could be named
     */
    public Secret secret(String what, String example) {
        Optional<String> variable = text(what + "_env");
        Optional<String> file = text(what + "_file");
        if (variable.isPresent() && file.isPresent()) {
            throw wrong(what + "_file", "and " + what + "_env are both there: keep one");
        }
        if (variable.isPresent() && !VARIABLE.matcher(variable.get()).matches()) {
            // What is written here is likely to be the secret, so it is not repeated.
            throw wrong(
                    what + "_env",
                    "is no name of a variable: export the " + what + " in one, such as " + example + ", and name that");
        }
        return variable.<Secret>map(Secret.Environment::new)
                .or(() -> file.map(ConfigTable::home).map(Secret.File::new))
                .orElse(new Secret.None());
    }

    private static Path home(String file) {
        return file.startsWith("~/") ? Path.of(System.getProperty("user.home"), file.substring(2)) : Path.of(file);
    }

    /** Whether an address is one of a server, without user and query, which would be places of a secret. */
    public static boolean isServer(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        return web && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null;
    }

    /** The failure of a key. */
    public QuarryException wrong(String key, String what) {
        return new QuarryException(ErrorCode.BAD_INPUT, place + ": " + name + "." + key + " " + what);
    }

    private @Nullable Object value(String key) {
        return table == null ? null : table.toMap().get(key);
    }
}
