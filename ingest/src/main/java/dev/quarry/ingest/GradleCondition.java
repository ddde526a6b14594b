package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Items;
import dev.quarry.ingest.GradleToken.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides conditions on a project's name and path; all others are open. One reader serves one condition. */
final class GradleCondition {
    private static final Set<String> PROPERTIES = Set.of("name", "path");
    private static final Set<String> TESTS = Set.of("startsWith", "endsWith", "contains", "equals");

    private final List<GradleToken> tokens;
    private final GradleProject project;
    private int at;
    private boolean open;

    private GradleCondition(List<GradleToken> tokens, GradleProject project) {
        this.tokens = tokens;
        this.project = project;
    }

    /** Whether a condition holds for a project; empty where that cannot be told. */
    static Optional<Boolean> holds(List<GradleToken> tokens, GradleProject project) {
        GradleCondition condition = new GradleCondition(tokens, project);
        boolean holds = condition.any();
        boolean known = !condition.open && condition.at == tokens.size() && !tokens.isEmpty();
        return known ? Optional.of(holds) : Optional.empty();
    }

    private boolean isSign(int index, String sign) {
        return index < tokens.size() && tokens.get(index).isSign(sign);
    }

    private boolean pass(String sign, String next) {
        boolean there = isSign(at, sign) && isSign(at + 1, next);
        at += there ? 2 : 0;
        return there;
    }

    private boolean any() {
        boolean holds = all();
        while (pass("|", "|")) {
            holds |= all();
        }
        return holds;
    }

    private boolean all() {
        boolean holds = one();
        while (pass("&", "&")) {
            holds &= one();
        }
        return holds;
    }

    private boolean one() {
        if (isSign(at, "!")) {
            at++;
            return !one();
        }
        if (isSign(at, "(")) {
            int close = GradleArguments.closing(tokens, at);
            Optional<Boolean> inner = holds(tokens.subList(at + 1, close), project);
            at = Math.min(tokens.size(), close + 1);
            open |= inner.isEmpty();
            return inner.orElse(false);
        }
        return isSign(at, "[") ? member() : comparison();
    }

    /** {@code ['a', 'b'].contains(it.name)}. */
    private boolean member() {
        int close = GradleArguments.closing(tokens, at);
        Optional<BuildValue> list =
                GradleExpression.value(tokens.subList(at, Math.min(close + 1, tokens.size())), project.scope());
        at = close + 1;
        boolean asks =
                isSign(at, ".") && at + 2 < tokens.size() && tokens.get(at + 1).isWord("contains");
        if (!asks || !isSign(at + 2, "(")) {
            return unknown();
        }
        at += 3;
        Optional<String> property = property();
        if (list.isEmpty() || property.isEmpty() || !isSign(at, ")")) {
            return unknown();
        }
        at++;
        return contains(list.get(), property.get());
    }

    private static boolean contains(BuildValue list, String text) {
        return list instanceof Items
                && list.asList().stream().anyMatch(item -> item.asText().equals(text));
    }

    /** {@code it.name.startsWith('a')}, {@code project.path == ':a'}, {@code it.name in ['a']}. */
    private boolean comparison() {
        Optional<String> property = property();
        if (property.isEmpty()) {
            return unknown();
        }
        String own = property.get();
        if (pass("=", "=")) {
            return argument().map(own::equals).orElseGet(this::unknown);
        }
        if (pass("!", "=")) {
            return argument().map(text -> !own.equals(text)).orElseGet(this::unknown);
        }
        if (at < tokens.size() && tokens.get(at).isWord("in") && isSign(at + 1, "[")) {
            int close = GradleArguments.closing(tokens, at + 1);
            Optional<BuildValue> list =
                    GradleExpression.value(tokens.subList(at + 1, Math.min(close + 1, tokens.size())), project.scope());
            at = close + 1;
            return list.map(items -> contains(items, own)).orElseGet(this::unknown);
        }
        if (isSign(at, ".")
                && at + 2 < tokens.size()
                && TESTS.contains(tokens.get(at + 1).text())) {
            String test = tokens.get(at + 1).text();
            at += 2;
            return argument().map(text -> test(test, own, text)).orElseGet(this::unknown);
        }
        return unknown();
    }

    private static boolean test(String test, String own, String text) {
        return switch (test) {
            case "startsWith" -> own.startsWith(text);
            case "endsWith" -> own.endsWith(text);
            case "contains" -> own.contains(text);
            default -> own.equals(text);
        };
    }

    /** The name or path of the project, of whatever it is said but the root. */
    private Optional<String> property() {
        if (at >= tokens.size() || !tokens.get(at).is(Kind.WORD)) {
            return Optional.empty();
        }
        boolean qualified = isSign(at + 1, ".")
                && at + 2 < tokens.size()
                && PROPERTIES.contains(tokens.get(at + 2).text());
        if (tokens.get(at).isWord("rootProject")) {
            return Optional.empty();
        }
        String name = tokens.get(qualified ? at + 2 : at).text();
        at += qualified ? 3 : 1;
        return switch (name) {
            case "name" -> Optional.of(project.name());
            case "path" -> Optional.of(project.path());
            default -> Optional.empty();
        };
    }

    /** A text, in brackets or not. */
    private Optional<String> argument() {
        int start = isSign(at, "(") ? at + 1 : at;
        int end = isSign(at, "(") ? GradleArguments.closing(tokens, at) : at + 1;
        if (start >= tokens.size() || end > tokens.size()) {
            return Optional.empty();
        }
        at = start == at ? end : Math.min(tokens.size(), end + 1);
        return GradleExpression.value(tokens.subList(start, end), project.scope())
                .map(BuildValue::asText)
                .filter(text -> !text.isEmpty());
    }

    private boolean unknown() {
        open = true;
        return false;
    }
}
