package dev.quarry.mcp;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend;
import dev.quarry.server.Resolution;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be attached to a conversation: the state of the graph, symbols, files. */
final class CodeResources {
    static final String STANDING = "quarry://standing";
    private static final String SYMBOL = "quarry://symbol/";
    private static final String FILE = "quarry://file/";
    private static final String MARKDOWN = "text/markdown";
    private static final int VALUES_MAX = 20;
    private static final Duration TIME = Duration.ofSeconds(2);

    private CodeResources() {}

    static List<Resource> over(Graphs graphs) {
        return List.of(
                new Resource(
                        STANDING,
                        "standing",
                        "State of the graph",
                        "How current and how complete the graph is: commit, files by what became of them, call sites.",
                        MARKDOWN,
                        _ -> graphs.ask(backend -> standing(backend.standing())),
                        (_, _) -> List.of()),
                new Resource(
                        SYMBOL + "{name}",
                        "symbol",
                        "A declaration",
                        "A declaration with its documentation and source, by its id or a name such as Type.method.",
                        MARKDOWN,
                        uri -> graphs.ask(backend -> symbol(backend, decoded(uri, SYMBOL))),
                        (_, written) -> symbols(graphs, written)),
                new Resource(
                        FILE + "{+path}",
                        "file",
                        "A source file",
                        "The text of a file as it was indexed, by its path below the repository's root.",
                        "text/x-java",
                        uri -> graphs.ask(backend -> file(backend, decoded(uri, FILE))),
                        (_, written) -> files(graphs, written)));
    }

    private static String decoded(String uri, String prefix) {
        try {
            return URLDecoder.decode(uri.substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + uri + "' has a '%' without two hexadecimal digits: write it as %25",
                    malformed);
        }
    }

    private static String standing(Backend.Standing standing) {
        StringBuilder text = new StringBuilder("# State of the graph\n\n")
                .append(Standings.sentence(standing))
                .append("\n\nFiles:\n");
        Map<FileStatus, Integer> files = new TreeMap<>(standing.files());
        files.forEach((status, count) ->
                text.append("- ").append(status).append(": ").append(count).append('\n'));
        text.append("\nCall sites that are not bound, by reason:\n");
        standing.calls()
                .reasons()
                .forEach((reason, count) -> text.append("- ")
                        .append(reason)
                        .append(": ")
                        .append(count)
                        .append('\n'));
        standing.tree().some().forEach(path -> text.append("\nChanged since: ").append(path));
        return text.toString();
    }

    private static String symbol(Backend backend, String name) {
        return Declaration.of(backend, Symbols.find(backend, name).node()).markdown(backend);
    }

    private static String file(Backend backend, String path) {
        return backend.text(path)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.NOT_FOUND,
                        "no file '" + path + "' is indexed: give its path below the repository's root, with /"));
    }

    /** Symbols that a beginning may become. */
    static List<String> symbols(Graphs graphs, String written) {
        if (written.isBlank()) {
            return List.of();
        }
        try {
            return graphs.ask(backend -> switch (backend.resolve(written)) {
                case Resolution.Found found -> List.of(found.node().node().symbol());
                case Resolution.Ambiguous ambiguous ->
                    ambiguous.candidates().stream()
                            .limit(VALUES_MAX)
                            .map(StampedNode::node)
                            .map(node -> node.symbol())
                            .toList();
                case Resolution.Missing _ -> near(backend, written);
            });
        } catch (QuarryException incomplete) {
            return List.of();
        }
    }

    private static List<String> near(Backend backend, String written) {
        String name = written.substring(Math.max(written.lastIndexOf('.'), written.lastIndexOf('#')) + 1);
        return rows(
                backend,
                "?[symbol] := *node{kind, name, qname, signature, line}, line > 0, kind != 'FILE', starts_with(name,"
                        + " $begin), symbol = concat(qname, signature) :order symbol :limit " + VALUES_MAX,
                name);
    }

    private static List<String> files(Graphs graphs, String written) {
        try {
            return graphs.ask(backend -> rows(
                    backend,
                    "?[path] := *node{kind: 'FILE', qname: path}, starts_with(path, $begin) :order path :limit "
                            + VALUES_MAX,
                    written));
        } catch (QuarryException none) {
            return List.of();
        }
    }

    private static List<String> rows(Backend backend, String script, String begin) {
        Backend.QueryBounds bounds = new Backend.QueryBounds(VALUES_MAX, TIME);
        return backend.query(script, Map.of("begin", begin), bounds).rows().stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }
}
