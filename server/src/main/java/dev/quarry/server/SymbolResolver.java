package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the node that a person's text names: an id, a place in a file, or a symbol. Safe for use by several threads. */
public final class SymbolResolver {
    private static final Pattern PLACE = Pattern.compile("(.+\\.java):(\\d{1,9})(?::\\d+)?");
    private static final String SEPARATORS = ".#$/";
    private static final int SIMPLE_NAMES = 4;
    private static final int SUGGESTIONS = 5;

    private final GraphStore graph;

    /** A resolver over this store. */
    public SymbolResolver(GraphStore graph) {
        this.graph = graph;
    }

    /**
     * What this text stands for.
     *
     * @throws dev.quarry.schema.QuarryException if the text cannot be a symbol
     */
    public Resolution resolve(String text) {
        String name = text.strip();
        if (NodeId.isNodeId(name)) {
            return graph.node(NodeId.parse(name))
                    .<Resolution>map(Resolution.Found::new)
                    .orElseGet(() -> new Resolution.Missing("no node has the id " + name));
        }
        Matcher place = PLACE.matcher(name);
        if (place.matches()) {
            return resolvePlace(place.group(1), Integer.parseInt(place.group(2)));
        }
        return resolveSymbol(name);
    }

    /**
     * The same text, if it has more than dots: alone, these are a folder in the path of a URL.
     *
     * @throws dev.quarry.schema.QuarryException if it names nothing
     */
    public static String requireName(String text) {
        String name = text.strip();
        if (name.chars().allMatch(c -> c == '.')) {
            throw SymbolPattern.malformed(name);
        }
        return text;
    }

    /** A symbol that is written out stands for itself, whatever else its name fits. */
    private Resolution resolveSymbol(String name) {
        List<StampedNode> exact = preferred(exactly(name), node -> !node.kind().isLeaf());
        return exact.isEmpty() ? resolvePattern(name) : oneOf(exact);
    }

    private Resolution resolvePattern(String name) {
        SymbolPattern pattern = SymbolPattern.parse(name);
        List<StampedNode> fitting = candidates(name, pattern.simpleName()).stream()
                .filter(candidate -> candidate.node().qualifiedName().equals(name) || pattern.matches(candidate.node()))
                .toList();
        List<StampedNode> declared = preferred(fitting, node -> !node.kind().isLeaf());
        List<StampedNode> best = preferred(declared, pattern::isWhole);
        return best.isEmpty() ? new Resolution.Missing(hint(name, pattern.simpleName())) : oneOf(best);
    }

    private static Resolution oneOf(List<StampedNode> nodes) {
        return nodes.size() == 1 ? new Resolution.Found(nodes.getFirst()) : new Resolution.Ambiguous(inOrder(nodes));
    }

    /** The nodes whose symbol is this text, but for names that could not be bound. */
    private List<StampedNode> exactly(String symbol) {
        for (String name : simpleNames(symbol)) {
            List<StampedNode> found = graph.named(name).stream()
                    .filter(node -> node.node().kind() != NodeKind.UNRESOLVED
                            && node.node().symbol().equals(symbol))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** What a symbol's simple name may be: names may have separators in them, as {@code $} in those of Java. */
    private static List<String> simpleNames(String symbol) {
        int open = symbol.endsWith(")") ? symbol.lastIndexOf('(') : -1;
        String name = open < 0 ? symbol : symbol.substring(0, open);
        List<String> names = new ArrayList<>();
        for (int i = name.length() - 2; i >= 0 && names.size() < SIMPLE_NAMES; i--) {
            if (SEPARATORS.indexOf(name.charAt(i)) >= 0) {
                names.add(name.substring(i + 1));
            }
        }
        if (!name.isEmpty()) {
            names.add(name);
        }
        return names;
    }

    private List<StampedNode> candidates(String name, String simpleName) {
        Map<NodeId, StampedNode> found = new LinkedHashMap<>();
        graph.named(simpleName).forEach(node -> found.put(node.node().id(), node));
        if (!name.equals(simpleName)) {
            graph.named(name).forEach(node -> found.put(node.node().id(), node));
        }
        return List.copyOf(found.values());
    }

    private Resolution resolvePlace(String path, int line) {
        List<FileRecord> files = filesEndingIn(path);
        if (files.isEmpty()) {
            return new Resolution.Missing("no indexed file is called '" + path + "'");
        }
        List<StampedNode> there =
                files.stream().flatMap(file -> innermostAt(file, line).stream()).toList();
        return there.isEmpty() ? new Resolution.Missing(nothingAt(files, line)) : oneOf(there);
    }

    private static String nothingAt(List<FileRecord> files, int line) {
        String places = files.stream()
                .limit(SUGGESTIONS)
                .map(file -> file.path() + ":" + line)
                .collect(Collectors.joining(", "));
        int more = files.size() - SUGGESTIONS;
        return "no declaration stands at " + places + (more > 0 ? " or in " + more + " more files" : "");
    }

    private List<FileRecord> filesEndingIn(String path) {
        Optional<FileRecord> exact = graph.file(path);
        if (exact.isPresent()) {
            return List.of(exact.get());
        }
        String wanted = "/" + path.replace('\\', '/');
        return graph.files().entrySet().stream()
                .filter(entry -> ("/" + entry.getKey()).endsWith(wanted) || wanted.endsWith("/" + entry.getKey()))
                .map(entry -> entry.getValue().file())
                .sorted(Comparator.comparing(FileRecord::path))
                .toList();
    }

    /** The innermost declaration that is written on a line; where a type begins, its record components belong to it. */
    private Optional<StampedNode> innermostAt(FileRecord file, int line) {
        List<StampedNode> there = graph.declaredIn(file.id()).stream()
                .filter(node ->
                        node.node().kind().isType() || node.node().kind().isCallable() || isMember(node.node()))
                .filter(node -> node.node().span().startLine() <= line
                        && line <= node.node().span().endLine())
                .toList();
        boolean typeBegins = there.stream().anyMatch(node -> isBeginOfType(node.node(), line));
        List<StampedNode> written = preferred(there, node -> !Flags.has(node.flags(), Flags.IMPLICIT));
        return preferred(written, node -> !typeBegins || node.kind() != NodeKind.RECORD_COMPONENT).stream()
                .min(Comparator.comparingInt((StampedNode node) ->
                                node.node().span().end() - node.node().span().start())
                        .thenComparing(node -> node.node().symbol()));
    }

    /** Whether a type begins on this line, or has its name there, where what the language adds to it lies. */
    private static boolean isBeginOfType(Node node, int line) {
        Span span = node.span();
        boolean isNameOfOwner = Flags.has(node.flags(), Flags.IMPLICIT) && span.start() == span.end();
        return span.startLine() == line && (node.kind().isType() || isNameOfOwner);
    }

    private static boolean isMember(Node node) {
        return switch (node.kind()) {
            case FIELD, ENUM_CONSTANT, RECORD_COMPONENT -> true;
            default -> false;
        };
    }

    private static List<StampedNode> preferred(List<StampedNode> nodes, java.util.function.Predicate<Node> preference) {
        List<StampedNode> kept =
                nodes.stream().filter(node -> preference.test(node.node())).toList();
        return kept.isEmpty() ? nodes : kept;
    }

    private static List<StampedNode> inOrder(List<StampedNode> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparing(node -> node.node().symbol()))
                .toList();
    }

    private String hint(String name, String simpleName) {
        List<StampedNode> near = near(simpleName);
        if (near.isEmpty() && simpleName.length() > 3) {
            near = near(simpleName.substring(0, 3));
        }
        String suggestions = near.stream()
                .map(node -> node.node().symbol().replace('#', '.'))
                .distinct()
                .collect(Collectors.joining(", "));
        return "nothing is called '" + name + "'" + (suggestions.isEmpty() ? "" : "; near it: " + suggestions);
    }

    /** Some nodes whose names begin so; the repository and the package without a name have no symbol to be asked by. */
    private List<StampedNode> near(String beginning) {
        return graph.matching(beginning + "*", SUGGESTIONS + 2).stream()
                .filter(node -> !node.node().symbol().isEmpty())
                .limit(SUGGESTIONS)
                .toList();
    }
}
