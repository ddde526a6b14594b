package dev.quarry.mcp;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool {@code query}: any question that the graph can answer. */
final class QueryTool {
    static final String NAME = "query";
    private static final int ROWS = 100;
    private static final int ROWS_MAX = 5_000;
    private static final int CELL_CHARS = 4_000;
    private static final Duration TIME = Duration.ofSeconds(10);

    private QueryTool() {}

    static Tool over(Graphs graphs) {
        return new Tool(
                NAME,
                "Query the graph",
                """
                Runs a read-only CozoScript (Datalog) over the graph, for what no other tool answers: counts, unusual \
                shapes, joins. Relations: *node{id => kind, name, qname, signature, declaration, file, line, end_line, …} \
                and *edge{src, kind, dst, role => found, line, …}; ids are bytes, shown as hexadecimal digits. The longest \
                classes, for example: ?[qname, lines] := *node{qname, kind: 'CLASS', line, end_line}, lines = end_line - \
                line :order -lines :limit 10. All columns: ::columns node.\
                """,
                Schemas.arguments(
                        List.of("script"),
                        "script",
                        Schemas.text("CozoScript"),
                        "params",
                        Map.of(
                                "type",
                                "object",
                                "description",
                                "values of the script's $names; {\"hex\": \"…\"} for an id"),
                        "limit",
                        Schemas.number("how many rows in all", ROWS, ROWS_MAX),
                        "cursor",
                        Schemas.cursor()),
                Schemas.reply(
                        List.of("headers", "rows", "truncated"),
                        "headers",
                        Schemas.texts("the columns"),
                        "rows",
                        Schemas.list("arrays in the order of the columns", Map.of("type", "array")),
                        "truncated",
                        Map.of("type", "boolean", "description", "whether 'limit' left rows out")),
                Answers.asking(graphs, QueryTool::answer));
    }

    private static Answers answer(Backend backend, Arguments arguments) {
        long sequence = backend.standing().freshness().sequence();
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        if (arguments.values().get("params") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> params.put(String.valueOf(name), parameter(value)));
        }
        int limit = arguments.number("limit", ROWS, ROWS_MAX);
        Backend.Table table = backend.query(arguments.text("script"), params, new Backend.QueryBounds(limit, TIME));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            List<@Nullable Object> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cut(Trees.plain(cell))));
            rows.add(cells);
        }
        Paging.Page<List<@Nullable Object>> page =
                new Paging(NAME, arguments, sequence).page(rows, arguments.optional(Arguments.CURSOR));
        Answers answers = new Answers()
                .put("headers", table.headers())
                .put("rows", page.rows())
                .put("truncated", table.truncated())
                .line(String.join(" | ", table.headers()));
        page.rows().forEach(row -> answers.line(Trees.write(row)));
        if (table.truncated()) {
            answers.hint("'limit' left rows out: aggregate in the script, or ask with a larger limit");
        }
        return answers.next(page.next());
    }

    /** What scripts know: numbers are Long or Double. */
    private static @Nullable Object parameter(@Nullable Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case List<?> list -> {
                List<@Nullable Object> converted = new ArrayList<>();
                list.forEach(element -> converted.add(parameter(element)));
                yield converted;
            }
            case Map<?, ?> map when map.size() == 1 && map.get("hex") instanceof String hex -> bytes(hex);
            case null -> null;
            default -> value;
        };
    }

    private static byte[] bytes(String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException malformed) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "'" + hex + "' is not made of pairs of hexadecimal digits", malformed);
        }
    }

    private static @Nullable Object cut(@Nullable Object cell) {
        return cell instanceof String text && text.length() > CELL_CHARS
                ? text.substring(0, CELL_CHARS) + "… (" + text.length() + " characters in all)"
                : cell;
    }
}
