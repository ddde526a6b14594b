package dev.quarry.cli;

/** Asks the server that holds the store. */
final class RemoteSource implements Source {
    private static final String SYMBOLS = "/v1/symbols/";

    private final ServerClient client;

    RemoteSource(ServerClient client) {
        this.client = client;
    }

    @Override
    public Answer.Rows related(Relationship relationship, String symbol, int depth, int limit) {
        String segment = relationship == Relationship.IMPLEMENTATIONS ? "implementations" : relationship.command();
        return AnswerReader.rows(client.get(
                SYMBOLS + ServerClient.encoded(symbol) + "/" + segment + "?depth=" + depth + "&limit=" + limit,
                symbol));
    }

    @Override
    public Answer.Way path(String from, String to, int depth) {
        return AnswerReader.way(client.get(
                SYMBOLS + ServerClient.encoded(from) + "/path?to=" + ServerClient.encoded(to) + "&depth=" + depth,
                from + "' or '" + to));
    }

    @Override
    public Answer.Hits search(String text, int limit) {
        return AnswerReader.hits(client.post("/v1/search", Json.object("query", text, "limit", limit), text));
    }

    @Override
    public Answer.Packed context(String text, int tokens, boolean markdown) {
        return AnswerReader.packed(client.post(
                "/v1/context",
                Json.object("query", text, "tokens", tokens, "format", markdown ? "markdown" : "json"),
                text));
    }

    @Override
    public Answer.Table query(String script, int rows) {
        return AnswerReader.table(
                client.post("/v1/query", Json.object("script", script, "limits", Json.object("rows", rows)), script));
    }

    @Override
    public void close() {
        client.close();
    }
}
