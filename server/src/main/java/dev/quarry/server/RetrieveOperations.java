package dev.quarry.server;

import dev.quarry.rag.RepositoryMap;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.Visibility;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers questions: search, packed context, scripts. */
final class RetrieveOperations {
    private static final int DEFAULT_HITS = 10;
    private static final int DEFAULT_MAP_TOKENS = 2_000;
    private static final String JSON = "json";
    private static final String MARKDOWN = "markdown";
    private static final String BYTES_MEMBER = "hex";

    private final Backend backend;
    private final SymbolOperations symbols;
    private final ServerLimits limits;

    RetrieveOperations(Backend backend, SymbolOperations symbols, ServerLimits limits) {
        this.backend = backend;
        this.symbols = symbols;
        this.limits = limits;
    }

    /** {@code search}. */
    Reply search(Call call) {
        JsonObject body = call.body();
        Backend.Question question = new Backend.Question(
                notBlank("query", body.getString("query")),
                Call.atMost("limit", number(body, "limit", DEFAULT_HITS), limits.maxRows()),
                filter(body));
        Backend.Hits found = backend.search(question);
        Map<NodeId, String> paths = Render.pathsOf(
                backend, found.hits().stream().map(Backend.Hit::node).toList());
        return Reply.ok(out -> {
            out.writeStringField("shape", found.shape());
            out.writeArrayFieldStart("hits");
            for (Backend.Hit hit : found.hits()) {
                Render.hit(out, hit, paths);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("skipped");
            for (Map.Entry<String, String> leg : found.skipped().entrySet()) {
                out.writeStartObject();
                out.writeStringField("leg", leg.getKey());
                out.writeStringField("reason", leg.getValue());
                out.writeEndObject();
            }
            out.writeEndArray();
            Render.standing(out, backend.standing());
        });
    }

    /** {@code context}. */
    Reply context(Call call) {
        JsonObject body = call.body();
        int tokens = Call.atMost("tokens", number(body, "tokens", 1), limits.maxTokens());
        String query = body.getString("query");
        JsonArray named = body.getJsonArray("symbols", new JsonArray());
        if (query == null && named.isEmpty()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the context needs something to be about: give 'query' or 'symbols'");
        }
        List<NodeId> ids = new ArrayList<>();
        for (Object name : named) {
            ids.add(symbols.symbol((String) name).node().id());
        }
        Optional<String> text = query == null ? Optional.empty() : Optional.of(notBlank("query", query));
        boolean markdown = body.getString("format", JSON).equals(MARKDOWN);
        String model = body.getString("model", "");
        Backend.Standing standing = backend.standing();
        Backend.Packed packed =
                backend.pack(new Backend.ContextQuestion(text, ids, tokens, markdown, filter(body), model));
        return Reply.ok(out -> {
            out.writeStringField("format", markdown ? MARKDOWN : JSON);
            out.writeNumberField("tokens", packed.tokens());
            out.writeNumberField("budget", tokens);
            Render.counter(out, Backend.Counter.of(model));
            if (markdown) {
                out.writeStringField("markdown", packed.markdown());
            } else {
                out.writeArrayFieldStart("pieces");
                for (Backend.Piece piece : packed.pieces()) {
                    Render.piece(out, piece, standing.freshness().commit());
                }
                out.writeEndArray();
            }
            out.writeArrayFieldStart("omitted");
            for (Backend.Omission omission : packed.omitted()) {
                Render.omission(out, omission);
            }
            out.writeEndArray();
            Render.standing(out, standing);
        });
    }

    /** {@code getMap}. */
    Reply map(Call call) {
        int tokens = call.number("tokens", DEFAULT_MAP_TOKENS, limits.maxTokens());
        RepositoryMap map = backend.map(tokens);
        return Reply.ok(out -> {
            out.writeNumberField("tokens", map.tokens());
            out.writeNumberField("budget", tokens);
            out.writeNumberField("shown", map.shown());
            out.writeNumberField("declarations", map.declarations());
            out.writeStringField("markdown", map.markdown());
            Render.standing(out, backend.standing());
        });
    }

    /** {@code query}. */
    Reply query(Call call) {
        JsonObject body = call.body();
        JsonObject asked = body.getJsonObject("limits", new JsonObject());
        Backend.QueryBounds bounds = new Backend.QueryBounds(
                (int) Math.min(number(asked, "rows", limits.maxQueryRows()), limits.maxQueryRows()),
                Duration.ofMillis(Math.min(
                        number(asked, "millis", limits.queryTime().toMillis()),
                        limits.queryTime().toMillis())));
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : body.getJsonObject("params", new JsonObject())) {
            params.put(entry.getKey(), parameter(entry.getKey(), entry.getValue()));
        }
        Backend.Table table = backend.query(notBlank("script", body.getString("script")), params, bounds);
        return Reply.ok(out -> {
            out.writeArrayFieldStart("headers");
            for (String header : table.headers()) {
                out.writeString(header);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("rows");
            for (List<@Nullable Object> row : table.rows()) {
                Render.value(out, row);
            }
            out.writeEndArray();
            out.writeBooleanField("truncated", table.truncated());
            Render.standing(out, backend.standing());
        });
    }

    /** A script's parameter: numbers become Long or Double, {@code {"hex": "…"}} becomes bytes. */
    private static @Nullable Object parameter(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case Long number -> number;
            case Double number -> number;
            case String text -> text;
            case Boolean truth -> truth;
            case JsonArray array -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (Object element : array) {
                    list.add(parameter(name, element));
                }
                yield list;
            }
            case JsonObject object
            when object.size() == 1 && object.getValue(BYTES_MEMBER) instanceof String hex -> bytes(name, hex);
            default ->
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "the parameter '" + name
                                + "' is of a kind that scripts do not know: use text, a number, a truth value,"
                                + " null, an array of these, or {\"hex\": \"…\"} for bytes");
        };
    }

    private static byte[] bytes(String name, String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the bytes of the parameter '" + name + "' are not written as pairs of hexadecimal digits: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Backend.Filter filter(JsonObject body) {
        JsonObject filter = body.getJsonObject("filter", new JsonObject());
        Set<NodeKind> kinds = EnumSet.noneOf(NodeKind.class);
        for (Object name : filter.getJsonArray("kinds", new JsonArray())) {
            kinds.add(NodeKind.of((String) name));
        }
        Set<Visibility> visibilities = EnumSet.noneOf(Visibility.class);
        for (Object name : filter.getJsonArray("visibilities", new JsonArray())) {
            visibilities.add(Visibility.valueOf((String) name));
        }
        return new Backend.Filter(
                kinds,
                filter.getString("path", ""),
                filter.getString("module", ""),
                filter.getString("package", ""),
                filter.getString("annotation", ""),
                visibilities,
                SearchFilter.Code.valueOf(filter.getString("code", SearchFilter.Code.ALL.name())),
                filter.getString("since", ""));
    }

    private static long number(JsonObject body, String name, long fallback) {
        Number number = body.getNumber(name);
        return number == null ? fallback : number.longValue();
    }

    private static String notBlank(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "'" + name + "' is blank: write what is wanted");
        }
        return text;
    }
}
