package dev.quarry.mcp;

import dev.quarry.server.Backend;
import dev.quarry.server.WorkingTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool {@code diff_impact}: what a change reaches. */
final class DiffImpactTool {
    static final String NAME = "diff_impact";
    private static final int DEPTH = 3;
    private static final int DEPTH_MAX = 32;
    private static final int ROWS = 200;
    private static final int ROWS_MAX = 5_000;

    /** The lists of the answer of the backend, and what a row of each is called here. */
    private static final Map<String, String> PARTS = parts();

    private DiffImpactTool() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("changed", "changed");
        parts.put("rows", "reached");
        parts.put("tests", "test");
        return parts;
    }

    static Tool over(Graphs graphs) {
        return new Tool(
                NAME,
                "See what a change reaches",
                "Compares two states of the code and shows which declarations changed, what these changes may reach,"
                        + " and the tests that cover it: run those. By default from the checked-out commit to the files as"
                        + " indexed now. Use it before and after an edit and to review a change.",
                Schemas.arguments(
                        List.of(),
                        "from",
                        Schemas.text("the older state: a commit, tag, branch, HEAD~N or ISO instant; default HEAD"),
                        "to",
                        Schemas.text("the newer state, in the same forms; default: now"),
                        "depth",
                        Schemas.number("how many steps from a changed declaration", DEPTH, DEPTH_MAX),
                        "limit",
                        Schemas.number("how many rows of each part", ROWS, ROWS_MAX),
                        "cursor",
                        Schemas.cursor()),
                Schemas.reply(
                        List.of("rows", "truncated"),
                        "from",
                        Map.of("type", "object", "description", "the older state"),
                        "to",
                        Map.of("type", "object", "description", "the newer state"),
                        "rows",
                        Schemas.list(
                                "what changed, then what that reaches, then tests",
                                Schemas.symbol(
                                        "part", Schemas.choice("which", List.copyOf(PARTS.values())),
                                        "what", Schemas.texts("how it changed"),
                                        "line", Map.of("type", "integer"),
                                        "depth", Map.of("type", "integer"),
                                        "kindOfUse", Schemas.text("CALLS, …"))),
                        "truncated",
                        Map.of("type", "boolean", "description", "whether 'limit' left rows out")),
                Answers.asking(graphs, DiffImpactTool::answer));
    }

    private static Answers answer(Backend backend, Arguments arguments) {
        Backend.Standing standing = backend.standing();
        long sequence = standing.freshness().sequence();
        Map<String, @Nullable Object> tree = backend.diffImpact(
                arguments.optional("from").orElse("HEAD"),
                arguments.optional("to").orElse(""),
                arguments.number("depth", DEPTH, DEPTH_MAX),
                arguments.number("limit", ROWS, ROWS_MAX));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        PARTS.forEach((list, part) -> {
            List<Map<String, @Nullable Object>> some = rows(tree.get(list), part);
            counts.put(part, some.size());
            rows.addAll(some);
        });
        Paging.Page<Map<String, @Nullable Object>> page =
                new Paging(NAME, arguments, sequence).page(rows, arguments.optional(Arguments.CURSOR));
        boolean truncated = Boolean.TRUE.equals(tree.get("truncated"));
        Answers answers = new Answers()
                .put("from", tree.get("from"))
                .put("to", tree.get("to"))
                .put("rows", page.rows())
                .put("truncated", truncated)
                .line(counts.get("changed") + " declarations changed; " + counts.get("reached") + " are reached; "
                        + counts.get("test") + " tests cover that" + (truncated ? " (there are more)" : ""));
        page.rows().forEach(row -> answers.line(line(row)));
        if (rows.isEmpty()) {
            answers.hint(unseen(standing.tree()));
        } else {
            answers.hint("symbol with an id reads a declaration; relations with relation=callers shows how it is used");
        }
        return answers.next(page.next());
    }

    /** What may not be in the graph yet where it shows no change. */
    private static String unseen(WorkingTree tree) {
        if (tree.mode() == WorkingTree.Mode.OFF) {
            return "files changed after the last index run are not seen: run 'quarry index', then ask again";
        }
        if (!tree.problem().isEmpty()) {
            return "changed files may be missing: " + tree.problem();
        }
        return tree.since().isEmpty()
                ? "the server follows the files, and all changes that it has seen are in the graph"
                : "the server has seen changes that are not in the graph yet: ask again in a moment";
    }

    private static List<Map<String, @Nullable Object>> rows(@Nullable Object list, String part) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (list instanceof List<?> elements) {
            for (Object element : elements) {
                if (element instanceof Map<?, ?> members) {
                    Map<String, @Nullable Object> row = Trees.object("part", part);
                    members.forEach((name, value) -> row.put(String.valueOf(name), value));
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static String line(Map<String, @Nullable Object> row) {
        StringBuilder line =
                new StringBuilder("- ").append(row.get("part")).append("  ").append(Symbols.line(row));
        for (String name : List.of("what", "kindOfUse")) {
            if (row.get(name) != null) {
                line.append("  ").append(row.get(name));
            }
        }
        return line.toString();
    }
}
