package dev.quarry.mcp;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.Backend;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tool {@code search}: from words to declarations. */
final class SearchTool {
    static final String NAME = "search";
    private static final int HITS = 10;
    private static final int HITS_MAX = 200;
    private static final double SCORE_STEPS = 10_000;

    private SearchTool() {}

    static Tool over(Graphs graphs) {
        return new Tool(
                NAME,
                "Search the code",
                "Finds declarations by words, by meaning, or by a name that is abbreviated or misspelled, best first."
                        + " Use it when you do not know what something is called; then go on with the id of a hit.",
                Schemas.arguments(
                        List.of("query"),
                        "query",
                        Schemas.text("words, a question, a name, or a stack trace"),
                        "limit",
                        Schemas.number("how many hits in all", HITS, HITS_MAX),
                        "kinds",
                        Schemas.list("only these kinds", Schemas.choice("a kind of declaration", kinds())),
                        "path",
                        Schemas.text("only this file, or what is below this folder, named from the repository's root"),
                        "package",
                        Schemas.text("only this package and those below it"),
                        "tests",
                        Schemas.flag("whether tests are wanted too", true),
                        "cursor",
                        Schemas.cursor()),
                Schemas.reply(
                        List.of("hits"),
                        "hits",
                        Schemas.list(
                                "best first",
                                Schemas.symbol(
                                        "score", Map.of("type", "number"),
                                        "ranks", Map.of("type", "object"))),
                        "skipped",
                        Map.of("type", "object", "description", "ways of searching that did not run, and why")),
                Answers.asking(graphs, SearchTool::answer));
    }

    private static List<String> kinds() {
        return Stream.of(NodeKind.values())
                .filter(kind -> kind.isDeclared() || kind.isConcept())
                .map(NodeKind::name)
                .toList();
    }

    private static Answers answer(Backend backend, Arguments arguments) {
        String query = arguments.text("query");
        long sequence = backend.standing().freshness().sequence();
        Backend.Hits found = backend.search(
                new Backend.Question(query, arguments.number("limit", HITS, HITS_MAX), filter(arguments)));
        Map<NodeId, String> paths = Symbols.paths(
                backend, found.hits().stream().map(Backend.Hit::node).toList());
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Backend.Hit hit : found.hits()) {
            rows.add(row(hit, paths));
        }
        Paging.Page<Map<String, @Nullable Object>> page =
                new Paging(NAME, arguments, sequence).page(rows, arguments.optional(Arguments.CURSOR));
        Answers answers = new Answers().put("hits", page.rows());
        int number = page.first();
        for (Map<String, @Nullable Object> row : page.rows()) {
            number++;
            answers.line(number + ". " + Symbols.line(row));
            if (row.get("declaration") != null) {
                answers.line("   " + row.get("declaration"));
            }
        }
        if (!found.skipped().isEmpty()) {
            answers.put("skipped", found.skipped()).line("Not all ways of searching ran: " + skipped(found.skipped()));
        }
        return hints(answers.next(page.next()), page.rows());
    }

    /** The ways that did not run, each with its reason. */
    static String skipped(Map<String, String> reasons) {
        return reasons.entrySet().stream()
                .map(leg -> leg.getKey().toLowerCase(Locale.ROOT) + ": " + leg.getValue())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static Backend.Filter filter(Arguments arguments) {
        return Backend.Filter.of(
                kinds(arguments.texts("kinds")),
                arguments.optional("path").orElse(""),
                arguments.optional("package").orElse(""),
                arguments.flag("tests", true));
    }

    private static Answers hints(Answers answers, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return answers.line("Nothing was found.")
                    .hint("search with fewer or other words, or without 'kinds', 'path' and 'package'");
        }
        Object id = rows.getFirst().get("id");
        return answers.hint(
                "symbol with symbol=" + id + " reads the first hit; relations with relation=callers shows who"
                        + " uses it; context packs the best code for a question in one reply");
    }

    private static Map<String, @Nullable Object> row(Backend.Hit hit, Map<NodeId, String> paths) {
        Node node = hit.node();
        Map<String, @Nullable Object> row = Symbols.tree(node, paths);
        row.put("score", Math.round(hit.score() * SCORE_STEPS) / SCORE_STEPS);
        row.put("ranks", hit.ranks());
        return row;
    }

    private static Set<NodeKind> kinds(List<String> names) {
        Set<NodeKind> kinds = EnumSet.noneOf(NodeKind.class);
        for (String name : names) {
            try {
                kinds.add(NodeKind.of(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT, "'" + name + "' is no kind: use some of " + kinds(), unknown);
            }
        }
        return kinds;
    }
}
