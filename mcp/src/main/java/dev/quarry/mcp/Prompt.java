package dev.quarry.mcp;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A request that a person chooses and fills in.
 *
 * @param text what is said in the person's name, given the arguments
 * @param completion values that an argument of this name may have, given what is written of it
 */
public record Prompt(
        String name,
        String title,
        String description,
        List<Argument> arguments,
        Function<Map<String, String>, String> text,
        BiFunction<String, String, List<String>> completion) {
    /** Copies the list. */
    public Prompt {
        arguments = List.copyOf(arguments);
    }

    /** What is to be filled in. */
    public record Argument(String name, String description, boolean isRequired) {}
}
