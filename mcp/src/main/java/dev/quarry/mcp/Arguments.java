package dev.quarry.mcp;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The arguments of a call. What is missing or wrong is a failure that names the argument and its form. */
public record Arguments(Map<String, @Nullable Object> values) {
    static final String CURSOR = "cursor";

    /** A text that must be there. */
    public String text(String name) {
        return optional(name).orElseThrow(() -> wrong("'" + name + "' is missing or blank: say what is wanted"));
    }

    /** A text that may be left out; a blank one counts as left out. */
    public Optional<String> optional(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
        }
        throw wrong("'" + name + "' is " + value + ": write it as text");
    }

    /** A whole number from 1 to {@code most}. */
    public int number(String name, int fallback, int most) {
        Object value = values.get(name);
        if (value == null) {
            return fallback;
        }
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            if (number.longValue() >= 1 && number.longValue() <= most) {
                return number.intValue();
            }
        }
        throw wrong("'" + name + "' is " + value + ": give a whole number from 1 to " + most);
    }

    /** Yes or no. */
    public boolean flag(String name, boolean fallback) {
        return switch (values.get(name)) {
            case null -> fallback;
            case Boolean truth -> truth;
            case Object value -> throw wrong("'" + name + "' is " + value + ": say true or false");
        };
    }

    /** A list of texts; empty if it is left out. */
    public List<String> texts(String name) {
        return switch (values.get(name)) {
            case null -> List.of();
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).toList();
            case String one -> List.of(one);
            case Object value -> throw wrong("'" + name + "' is " + value + ": give an array of texts");
        };
    }

    /** What tells one question from another: the arguments in a fixed order, without the cursor. */
    String key() {
        Map<String, @Nullable Object> asked = new TreeMap<>(values);
        asked.remove(CURSOR);
        return Trees.write(asked);
    }

    private static QuarryException wrong(String message) {
        return new QuarryException(ErrorCode.BAD_INPUT, message);
    }
}
