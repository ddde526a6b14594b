package dev.quarry.ingest;

import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What stands between the parentheses of {@code execution(...)}: modifiers, result, owner, name and parameters. */
final class ExecutionPattern implements Pointcut {
    private static final Map<String, Integer> MODIFIERS = Map.of(
            "public", Modifier.PUBLIC,
            "protected", Modifier.PROTECTED,
            "private", Modifier.PRIVATE,
            "static", Modifier.STATIC,
            "final", Modifier.FINAL,
            "synchronized", Modifier.SYNCHRONIZED);

    private final Function<String, TypePatternReader> types;
    private final List<Predicate<String>> annotations = new ArrayList<>();
    private final Predicate<String> result;
    private final Predicate<String> owner;
    private final Pattern name;
    private final List<Predicate<String>> before = new ArrayList<>();
    private final List<Predicate<String>> behind = new ArrayList<>();
    private boolean open;
    private int wanted;
    private int refused;

    /** Reads a pattern; the function begins to read one of types. */
    ExecutionPattern(String text, Function<String, TypePatternReader> types) {
        this.types = types;
        TypePatternReader reader = types.apply(withoutModifiers(text.strip()));
        this.result = reader.single();
        String rest = reader.rest();
        int closing = rest.lastIndexOf(')');
        int opening = closing < 0 ? -1 : opening(rest, closing);
        if (opening < 1 || closing < rest.length() - 1) {
            throw new UnknownPointcutException(text);
        }
        String member = rest.substring(0, opening).strip();
        int dot = member.lastIndexOf('.');
        String type = dot < 1 ? "*" : member.substring(0, dot);
        this.owner = types.apply(type.endsWith(".") ? type + ".*" : type).whole();
        this.name =
                Pattern.compile(Pattern.quote(member.substring(dot + 1).strip()).replace("*", "\\E.*\\Q"));
        parameters(rest.substring(opening + 1, closing));
    }

    private static int opening(String text, int closing) {
        int depth = 0;
        for (int i = closing; i >= 0; i--) {
            depth += text.charAt(i) == ')' ? 1 : text.charAt(i) == '(' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private String withoutModifiers(String text) {
        String rest = text;
        while (rest.startsWith("@")) {
            int end = rest.indexOf(' ');
            if (end < 0) {
                throw new UnknownPointcutException(text);
            }
            annotations.add(types.apply(rest.substring(1, end)).whole());
            rest = rest.substring(end).strip();
        }
        while (true) {
            boolean not = rest.startsWith("!");
            int end = rest.indexOf(' ');
            Integer bit = end < 0 ? null : MODIFIERS.get(rest.substring(not ? 1 : 0, end));
            if (bit == null) {
                return rest;
            }
            wanted |= not ? 0 : bit;
            refused |= not ? bit : 0;
            rest = rest.substring(end).strip();
        }
    }

    private void parameters(String text) {
        for (String each : text.isBlank() ? new String[0] : text.split(",")) {
            if (each.strip().equals("..")) {
                open = true;
            } else {
                (open ? behind : before).add(types.apply(each).whole());
            }
        }
    }

    @Override
    public Match test(JoinPoint point) {
        JoinPoint.Declared nearest = point.nearest();
        int modifiers =
                nearest.method().modifiers() | (nearest.owner().kind() == NodeKind.INTERFACE ? Modifier.PUBLIC : 0);
        boolean fits = (modifiers & wanted) == wanted
                && (modifiers & refused) == 0
                && name.matcher(nearest.method().name()).matches()
                && annotations.stream()
                        .allMatch(wantedType ->
                                nearest.method().annotations().stream().anyMatch(each -> wantedType.test(each.type())))
                && takes(JoinPoints.parameters(nearest.method()))
                && point.methods().stream()
                        .anyMatch(each -> owner.test(each.owner().name())
                                && result.test(each.method().result().name()));
        return Match.of(fits);
    }

    private boolean takes(List<String> given) {
        int fixed = before.size() + behind.size();
        if (open ? given.size() < fixed : given.size() != fixed) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).test(given.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < behind.size(); i++) {
            if (!behind.get(i).test(given.get(given.size() - behind.size() + i))) {
                return false;
            }
        }
        return true;
    }
}
