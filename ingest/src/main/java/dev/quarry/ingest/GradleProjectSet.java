package dev.quarry.ingest;

import dev.quarry.ingest.GradleToken.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads expressions that stand for several projects: {@code subprojects}, {@code allprojects - project(':x')}, lists,
 * names of such sets, and {@code subprojects.findAll { it.name.startsWith('x') }} as far as its condition can be told.
 */
final class GradleProjectSet {
    private static final Set<String> FILTERS = Set.of("findAll", "filter", "matching");
    private static final Set<String> PREFIXES = Set.of("project", "rootProject", "ext", "extra", "this");
    private static final Set<String> LISTS = Set.of("listOf", "setOf");

    private final GradleBuild build;
    private final GradleProject owner;
    private final Map<String, Set<GradleProject>> named;

    /** For expressions in a project's script, with the sets that have names. */
    GradleProjectSet(GradleBuild build, GradleProject owner, Map<String, Set<GradleProject>> named) {
        this.build = build;
        this.owner = owner;
        this.named = named;
    }

    /** The projects; empty where they cannot be told. */
    Optional<Set<GradleProject>> of(List<GradleToken> tokens) {
        Set<GradleProject> result = new LinkedHashSet<>();
        boolean minus = false;
        int start = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            boolean end = i == tokens.size()
                    || tokens.get(i).isSign("+")
                    || tokens.get(i).isSign("-");
            if (end) {
                Optional<Set<GradleProject>> term = term(tokens.subList(start, i));
                if (term.isEmpty()) {
                    return Optional.empty();
                }
                if (minus) {
                    result.removeAll(term.get());
                } else {
                    result.addAll(term.get());
                }
                minus = i < tokens.size() && tokens.get(i).isSign("-");
                start = i + 1;
            } else if (tokens.get(i).isSign("(") || tokens.get(i).isSign("[")) {
                i = Math.min(GradleArguments.closing(tokens, i), tokens.size() - 1);
            }
        }
        return Optional.of(result);
    }

    private Optional<Set<GradleProject>> term(List<GradleToken> tokens) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        if (tokens.getFirst().isSign("[") || tokens.getFirst().isSign("(")) {
            int close = GradleArguments.closing(tokens, 0);
            boolean whole = close == tokens.size() - 1;
            return whole ? list(tokens.subList(1, close)) : Optional.empty();
        }
        if (tokens.size() > 1 && LISTS.contains(tokens.getFirst().text())) {
            return list(tokens.subList(2, Math.max(2, tokens.size() - 1)));
        }
        if (tokens.size() > 1
                && tokens.getFirst().isWord("project")
                && tokens.get(1).isSign("(")) {
            String path = GradleExpression.text(tokens.subList(2, GradleArguments.closing(tokens, 1)), owner.scope());
            return build.project(path).map(Set::of);
        }
        return filtered(tokens);
    }

    private Optional<Set<GradleProject>> list(List<GradleToken> tokens) {
        Set<GradleProject> all = new LinkedHashSet<>();
        for (List<GradleToken> part : GradleArguments.split(tokens)) {
            Optional<Set<GradleProject>> member = of(part);
            if (member.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(member.get());
        }
        return Optional.of(all);
    }

    /** A set by its name, with a filter behind it or not. */
    private Optional<Set<GradleProject>> filtered(List<GradleToken> tokens) {
        List<GradleToken> rest = tokens;
        while (rest.size() > 2
                && PREFIXES.contains(rest.getFirst().text())
                && rest.get(1).isSign(".")) {
            rest = rest.subList(2, rest.size());
        }
        Optional<Set<GradleProject>> all = byName(rest.getFirst().text());
        if (rest.size() == 1 || all.isEmpty()) {
            return all;
        }
        boolean filter = rest.size() == 4
                && rest.get(1).isSign(".")
                && FILTERS.contains(rest.get(2).text())
                && rest.get(3).is(Kind.BLOCK);
        List<GradleStatement> block = rest.getLast().block().stream()
                .filter(statement -> statement.parameters().isEmpty())
                .toList();
        return filter && block.size() == 1 ? matching(all.get(), block.getFirst()) : Optional.empty();
    }

    private static Optional<Set<GradleProject>> matching(Set<GradleProject> all, GradleStatement condition) {
        Set<GradleProject> chosen = new LinkedHashSet<>();
        for (GradleProject project : all) {
            Optional<Boolean> holds = GradleCondition.holds(condition.tokens(), project);
            if (holds.isEmpty()) {
                return Optional.empty();
            }
            if (holds.get()) {
                chosen.add(project);
            }
        }
        return Optional.of(chosen);
    }

    private Optional<Set<GradleProject>> byName(String name) {
        return switch (name) {
            case "subprojects" -> Optional.of(new LinkedHashSet<>(build.projectsBelow(owner, false)));
            case "allprojects" -> Optional.of(new LinkedHashSet<>(build.projectsBelow(owner, true)));
            case "rootProject" -> build.project(":").map(Set::of);
            default -> Optional.ofNullable(named.get(name));
        };
    }

    /** Whether a value could be such a set. */
    static boolean mayBe(List<GradleToken> value) {
        Set<String> words = Set.of("subprojects", "allprojects", "project");
        return value.stream().anyMatch(token -> token.is(Kind.WORD) && words.contains(token.text()));
    }
}
