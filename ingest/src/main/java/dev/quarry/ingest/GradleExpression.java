package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Entries;
import dev.quarry.ingest.BuildValue.Items;
import dev.quarry.ingest.BuildValue.Text;
import dev.quarry.ingest.GradleToken.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value of an expression: texts with place holders, lists, maps, sums, names and a few calls that only look
 * something up. All else has no value; nothing is run. One reader serves one expression.
 */
final class GradleExpression {
    private static final Set<String> LISTS =
            Set.of("listOf", "setOf", "arrayOf", "arrayListOf", "mutableListOf", "files", "file", "uri");
    private static final Set<String> MAPS = Set.of("mapOf", "mutableMapOf", "linkedMapOf");
    private static final Set<String> LOOK_UPS =
            Set.of("property", "findProperty", "getProperty", "gradleProperty", "get", "getAt");
    private static final Set<String> SAME =
            Set.of("get", "getOrNull", "toString", "asProvider", "toInteger", "toInt", "trim", "orNull");
    private static final Set<String> WRAPPERS = Set.of("of", "toVersion", "extra", "valueOf", "provider");
    private static final Pattern PLACE = Pattern.compile("\\$(?:\\{([^}]*)}|([A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*+))");

    private final GradleScope scope;
    private final List<GradleToken> tokens;
    private int at;

    private GradleExpression(GradleScope scope, List<GradleToken> tokens) {
        this.scope = scope;
        this.tokens = tokens;
    }

    /** The value; empty where it cannot be told. */
    static Optional<BuildValue> value(List<GradleToken> tokens, GradleScope scope) {
        GradleExpression expression = new GradleExpression(scope, tokens);
        BuildValue value = tokens.isEmpty() ? null : expression.sum();
        return expression.at < tokens.size() ? Optional.empty() : Optional.ofNullable(value);
    }

    /** The text; empty where there is none, or it cannot be told. */
    static String text(List<GradleToken> tokens, GradleScope scope) {
        return value(tokens, scope).map(BuildValue::asText).orElse("");
    }

    private boolean isSign(int index, String sign) {
        return index < tokens.size() && tokens.get(index).isSign(sign);
    }

    private @Nullable BuildValue sum() {
        BuildValue left = primary();
        while (isSign(at, "+")) {
            at++;
            BuildValue right = primary();
            left = left instanceof Text(String a) && right instanceof Text(String b) ? new Text(a + b) : null;
        }
        while (isSign(at, "!")) {
            at++;
        }
        if (at + 1 < tokens.size() && tokens.get(at).isWord("as")) {
            at += 2;
        }
        if (isSign(at, "?") && isSign(at + 1, ":")) {
            at += 2;
            BuildValue other = sum();
            return left == null ? other : left;
        }
        return left;
    }

    private @Nullable BuildValue primary() {
        if (at >= tokens.size()) {
            return null;
        }
        GradleToken token = tokens.get(at);
        return switch (token.kind()) {
            case TEXT -> ending(new Text(token.text().replace(GradleToken.PLAIN_DOLLAR, '$')));
            case TEMPLATE -> ending(template(token.text()));
            case NUMBER -> ending(new Text(token.text()));
            case WORD -> reference();
            case SIGN -> token.isSign("[") ? brackets() : token.isSign("(") ? inner() : null;
            default -> null;
        };
    }

    /** A value that a token is, with the calls behind it that leave it as it is. */
    private @Nullable BuildValue ending(@Nullable BuildValue value) {
        at++;
        while (isSign(at, ".")
                && at + 3 < tokens.size()
                && SAME.contains(tokens.get(at + 1).text())) {
            at += 4;
        }
        return value;
    }

    private @Nullable BuildValue inner() {
        int close = GradleArguments.closing(tokens, at);
        BuildValue value =
                GradleExpression.value(tokens.subList(at + 1, close), scope).orElse(null);
        at = close + 1;
        return value;
    }

    private @Nullable BuildValue brackets() {
        int close = GradleArguments.closing(tokens, at);
        List<GradleToken> inside = tokens.subList(Math.min(at + 1, close), close);
        at = close + 1;
        if (inside.size() == 1 && inside.getFirst().isSign(":")) {
            return new Entries(Map.of());
        }
        List<List<GradleToken>> parts = GradleArguments.split(inside);
        boolean isMap = !parts.isEmpty()
                && parts.getFirst().size() > 2
                && parts.getFirst().get(1).isSign(":");
        return isMap ? entries(parts) : items(parts);
    }

    /** A list of what can be told of its elements. */
    private BuildValue items(List<List<GradleToken>> parts) {
        List<BuildValue> items = new ArrayList<>();
        parts.forEach(part -> value(part, scope).ifPresent(items::add));
        return new Items(items);
    }

    /** A map of what can be told of it; a key and its value are divided by {@code :} or {@code to}. */
    private BuildValue entries(List<List<GradleToken>> parts) {
        Map<String, BuildValue> entries = new LinkedHashMap<>();
        for (List<GradleToken> part : parts) {
            if (part.size() > 2 && (part.get(1).isSign(":") || part.get(1).isWord("to"))) {
                value(part.subList(2, part.size()), scope)
                        .ifPresent(value -> entries.put(part.getFirst().text(), value));
            }
        }
        return new Entries(entries);
    }

    private @Nullable BuildValue reference() {
        List<String> names = new ArrayList<>();
        names.add(tokens.get(at++).text());
        BuildValue direct = null;
        while (at < tokens.size()) {
            boolean safe = isSign(at, "?") && isSign(at + 1, ".");
            if ((safe || isSign(at, "."))
                    && at + (safe ? 2 : 1) < tokens.size()
                    && tokens.get(at + (safe ? 2 : 1)).is(Kind.WORD)) {
                names.add(tokens.get(at + (safe ? 2 : 1)).text());
                at += safe ? 3 : 2;
            } else if (isSign(at, "[")) {
                int close = GradleArguments.closing(tokens, at);
                names.add(text(tokens.subList(Math.min(at + 1, close), close), scope));
                at = close + 1;
            } else if (isSign(at, "(")) {
                int close = GradleArguments.closing(tokens, at);
                List<List<GradleToken>> arguments =
                        GradleArguments.split(tokens.subList(Math.min(at + 1, close), close));
                at = close + 1;
                BuildValue value = call(names, arguments);
                direct = value == null ? direct : value;
            } else {
                break;
            }
        }
        return direct != null
                ? direct
                : names.isEmpty() ? null : scope.find(names).orElse(null);
    }

    /** Takes the called name off the names and puts on what it looks up; or gives the value at once. */
    private @Nullable BuildValue call(List<String> names, List<List<GradleToken>> arguments) {
        String called = names.isEmpty() ? "" : names.removeLast();
        String first = arguments.size() == 1 ? text(arguments.getFirst(), scope) : "";
        if (arguments.isEmpty() && SAME.contains(called)) {
            return null;
        }
        if (!first.isEmpty() && LOOK_UPS.contains(called)) {
            names.add(first);
            return null;
        }
        if (!first.isEmpty() && called.startsWith("find")) {
            switch (called) {
                case "findVersion" -> names.add("versions");
                case "findBundle" -> names.add("bundles");
                default -> {}
            }
            names.add(first);
            return null;
        }
        if (arguments.size() == 1 && WRAPPERS.contains(called)) {
            return value(arguments.getFirst(), scope).orElse(null);
        }
        if (names.isEmpty() && LISTS.contains(called)) {
            return called.equals("file") || called.equals("uri") ? new Text(first) : items(arguments);
        }
        if (names.isEmpty() && MAPS.contains(called)) {
            return entries(arguments);
        }
        names.add("(unknown)");
        return null;
    }

    private @Nullable BuildValue template(String template) {
        Matcher matcher = PLACE.matcher(template);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String inside = matcher.group(1);
            String value = inside != null ? braced(inside) : named(matcher.group(2));
            if (value.isEmpty()) {
                return null;
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(out);
        return new Text(out.toString().replace(GradleToken.PLAIN_DOLLAR, '$'));
    }

    private String braced(String inside) {
        List<GradleToken> inner = GradleTokenizer.tokens(inside).stream()
                .filter(token -> !token.is(Kind.LINE_END))
                .toList();
        return text(inner, scope);
    }

    /** Groovy takes the dots along, Kotlin does not. */
    private String named(String dotted) {
        List<String> names = List.of(dotted.split("\\."));
        String whole = scope.find(names).map(BuildValue::asText).orElse("");
        if (!whole.isEmpty() || names.size() == 1) {
            return whole;
        }
        String first = scope.find(names.subList(0, 1)).map(BuildValue::asText).orElse("");
        return first.isEmpty() ? "" : first + dotted.substring(names.getFirst().length());
    }
}
