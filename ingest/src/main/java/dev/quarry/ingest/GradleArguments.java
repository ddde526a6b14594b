package dev.quarry.ingest;

import dev.quarry.ingest.GradleToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call is given, with brackets or without.
 *
 * @param positional in their order
 * @param named {@code group: 'g'} or {@code group = "g"}, by name
 * @param block what stands in the braces behind it
 */
record GradleArguments(
        List<List<GradleToken>> positional, Map<String, List<GradleToken>> named, List<GradleStatement> block) {
    GradleArguments {
        positional = List.copyOf(positional);
        named = Map.copyOf(named);
        block = List.copyOf(block);
    }

    /** Of the tokens that stand behind what is called. */
    static GradleArguments of(List<GradleToken> rest) {
        if (rest.isEmpty()) {
            return new GradleArguments(List.of(), Map.of(), List.of());
        }
        List<GradleStatement> block = rest.getLast().block();
        List<GradleToken> inside = rest;
        if (rest.getFirst().isSign("(")) {
            int close = closing(rest, 0);
            inside = rest.subList(1, close);
        } else if (rest.getLast().is(Kind.BLOCK)) {
            inside = rest.subList(0, rest.size() - 1);
        }
        List<List<GradleToken>> positional = new ArrayList<>();
        Map<String, List<GradleToken>> named = new LinkedHashMap<>();
        for (List<GradleToken> argument : split(inside)) {
            boolean isNamed = argument.size() > 2
                    && argument.getFirst().is(Kind.WORD)
                    && (argument.get(1).isSign(":") || argument.get(1).isSign("="));
            if (isNamed) {
                named.put(argument.getFirst().text(), argument.subList(2, argument.size()));
            } else {
                positional.add(argument);
            }
        }
        return new GradleArguments(positional, named, block);
    }

    /** Where the bracket closes that opens at an index; the end where it does not close. */
    static int closing(List<GradleToken> tokens, int start) {
        int open = 0;
        for (int i = start; i < tokens.size(); i++) {
            GradleToken token = tokens.get(i);
            open += token.isSign("(") || token.isSign("[") ? 1 : 0;
            open -= token.isSign(")") || token.isSign("]") ? 1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /** Divides tokens at the commas that stand in no brackets. */
    static List<List<GradleToken>> split(List<GradleToken> tokens) {
        List<List<GradleToken>> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).isSign(",")) {
                if (i > start) {
                    parts.add(tokens.subList(start, i));
                }
                start = i + 1;
            } else if (tokens.get(i).isSign("(") || tokens.get(i).isSign("[")) {
                i = Math.min(closing(tokens, i), tokens.size() - 1);
            }
        }
        return parts;
    }
}
