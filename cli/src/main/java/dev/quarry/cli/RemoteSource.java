package dev.quarry.cli;

import dev.quarry.ask.AskRequest;
import dev.quarry.graphdb.QueryLimits;
import dev.quarry.llm.ConfigFile;
import dev.quarry.rag.ContextRequest;
import dev.quarry.rag.SearchRequest;
import dev.quarry.server.Backend;
import dev.quarry.server.ServerLimits;
import dev.quarry.server.SymbolResolver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the server that holds the store. */
final class RemoteSource implements Source {
    private static final String SYMBOLS = "/v1/symbols/";
    private static final int ROWS_MAX = 1_000;

    private final ServerClient client;
    private final Optional<String> at;

    /** Asks the server about now, or about a former state. */
    RemoteSource(ServerClient client, Optional<String> at) {
        this.client = client;
        this.at = at;
    }

    private JsonObject get(String path, String subject) {
        return client.get(asOf(path), subject);
    }

    private JsonObject post(String path, Map<String, @Nullable Object> body, String subject) {
        return client.post(asOf(path), body, subject);
    }

    private String asOf(String path) {
        return at.map(revision -> path + (path.contains("?") ? "&" : "?") + "at=" + ServerClient.encoded(revision))
                .orElse(path);
    }

    @Override
    public int rowsMax() {
        return ServerLimits.DEFAULT.maxRows();
    }

    @Override
    public int tableRowsMax() {
        return ServerLimits.DEFAULT.maxQueryRows();
    }

    /** What the server is asked for where so many rows are wanted: it refuses to give more than its most. */
    private int rows(int limit) {
        return Math.min(limit, rowsMax());
    }

    private static String symbolPath(String symbol) {
        return SYMBOLS + ServerClient.encoded(SymbolResolver.requireName(symbol));
    }

    @Override
    public Answer.Rows related(Relationship relationship, String symbol, int depth, int limit) {
        String segment = relationship == Relationship.IMPLEMENTATIONS ? "implementations" : relationship.command();
        return AnswerReader.rows(
                get(symbolPath(symbol) + "/" + segment + "?depth=" + depth + "&limit=" + rows(limit), symbol));
    }

    @Override
    public Answer.Way path(String from, String to, int depth) {
        return AnswerReader.way(get(
                symbolPath(from) + "/path?to=" + ServerClient.encoded(SymbolResolver.requireName(to)) + "&depth="
                        + depth,
                from + "' or '" + to));
    }

    @Override
    public Answer.CloneGroups clones(CloneQuery query) {
        String kind = query.kind().map(name -> "&kind=" + name).orElse("");
        return AnswerReader.cloneGroups(get(
                "/v1/clones?minLines=" + query.minLines() + "&minTokens=" + query.minTokens() + "&limit="
                        + rows(query.limit()) + kind,
                "clones"));
    }

    @Override
    public Answer.Clones clonesOf(String symbol, int limit) {
        return AnswerReader.clones(get(symbolPath(symbol) + "/clones?limit=" + rows(limit), symbol));
    }

    @Override
    public Answer.Hits search(String text, int limit, Backend.Filter filter) {
        SearchRequest.requireText(text);
        Map<String, @Nullable Object> body = Json.object("query", text, "limit", limit);
        body.putAll(FilterOptions.tree(filter));
        return AnswerReader.hits(post("/v1/search", body, text));
    }

    @Override
    public Answer.Packed context(String text, int tokens, boolean markdown, Backend.Filter filter, String model) {
        ContextRequest.requireQuestion(text);
        Map<String, @Nullable Object> body =
                Json.object("query", text, "tokens", tokens, "format", markdown ? "markdown" : "json");
        if (!model.isEmpty()) {
            body.put("model", model);
        }
        body.putAll(FilterOptions.tree(filter));
        return AnswerReader.packed(post("/v1/context", body, text));
    }

    @Override
    public Answer.Tree map(int tokens) {
        return AnswerReader.tree(get("/v1/map?tokens=" + tokens, "map"));
    }

    @Override
    public Answer.Tree ask(AskRequest request, Supplier<ConfigFile> config, Consumer<String> text) {
        Map<String, @Nullable Object> body = Json.object(
                "question", request.question(),
                "conversation", request.conversation().orElse(null),
                "contextTokens",
                        request.contextTokens().isPresent()
                                ? request.contextTokens().getAsInt()
                                : null,
                "backend", request.backends().stream().findFirst().orElse(null),
                "fresh", request.fresh(),
                "stream", true);
        return AnswerReader.tree(client.events(asOf("/v1/ask"), body, text));
    }

    @Override
    public JsonObject traces(String words, int limit) {
        return client.get("/v1/traces?limit=" + limit + "&text=" + ServerClient.encoded(words), words);
    }

    @Override
    public JsonObject trace(String id) {
        return client.get("/v1/traces/" + ServerClient.encoded(id), id);
    }

    @Override
    public Answer.Table query(String script, int rows) {
        QueryLimits.requireScript(script);
        return AnswerReader.table(
                post("/v1/query", Json.object("script", script, "limits", Json.object("rows", rows)), script));
    }

    @Override
    public Answer.Tree log(String symbol, int limit) {
        return AnswerReader.tree(get(symbolPath(symbol) + "/log?limit=" + rows(limit), symbol));
    }

    @Override
    public Answer.Tree diff(String from, String to, int limit) {
        return AnswerReader.tree(get("/v1/diff?limit=" + rows(limit) + ends(from, to), from));
    }

    @Override
    public Answer.Tree diffImpact(String from, String to, int depth, int limit) {
        return AnswerReader.tree(
                get("/v1/diff/impact?depth=" + depth + "&limit=" + rows(limit) + ends(from, to), from));
    }

    private static String ends(String from, String to) {
        return "&from=" + ServerClient.encoded(from) + (to.isEmpty() ? "" : "&to=" + ServerClient.encoded(to));
    }

    @Override
    public Places places() {
        return client.places();
    }

    @Override
    public Answer.Status status() {
        JsonObject health = client.get("/health", "status");
        Answer.Table nodes = query("?[kind, count(id)] := *node{id, kind}", ROWS_MAX);
        return new Answer.Status(
                client.repository().map(Path::toString).orElse(""),
                (int) health.number("schemaVersion"),
                counts(nodes),
                counts(query("?[kind, count(src)] := *edge{src, kind}", ROWS_MAX)),
                total(query("?[count(vid)] := *vec{vid}", 1)),
                List.of(),
                UnreadFiles.of(this, nodes.standing()),
                client.address().toString(),
                nodes.standing());
    }

    private static Map<String, Long> counts(Answer.Table table) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (List<@Nullable Object> row : table.rows()) {
            if (row.size() == 2 && row.get(1) instanceof Number count) {
                counts.put(String.valueOf(row.getFirst()), count.longValue());
            }
        }
        return counts;
    }

    private static long total(Answer.Table table) {
        return !table.rows().isEmpty() && table.rows().getFirst().getFirst() instanceof Number count
                ? count.longValue()
                : 0;
    }

    @Override
    public void close() {
        client.close();
    }
}
