package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchFilter;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * {@code quarry-bench symbols}: how often the first hit for a typed name is a symbol of that name.
 *
 * <p>The symbols are types, methods and fields of the sources, drawn evenly with a seed. Any symbol of the wanted simple
 * name counts as right, because a name without types does not tell overloads apart.
 */
public final class SymbolBench {
    private static final String USAGE = "usage: quarry-bench symbols [--queries N] [--seed N] [--misses] SOURCES…\n";
    private static final int NAME_MIN = 5;

    private final List<Path> sources = new ArrayList<>();
    private int queries = 1000;
    private long seed = 1;
    private boolean misses;

    private SymbolBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        SymbolBench bench = new SymbolBench();
        if (!bench.read(arguments)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        System.out.println("sources\ttyped\tqueries\tfirst_hit");
        for (Path folder : bench.sources) {
            bench.run(folder);
        }
    }

    private boolean read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            boolean hasValue = i + 1 < arguments.length;
            if (arguments[i].equals("--queries") && hasValue) {
                queries = Integer.parseInt(arguments[++i]);
            } else if (arguments[i].equals("--seed") && hasValue) {
                seed = Long.parseLong(arguments[++i]);
            } else if (arguments[i].equals("--misses")) {
                misses = true;
            } else if (arguments[i].startsWith("--")) {
                return false;
            } else {
                sources.add(Path.of(arguments[i]));
            }
        }
        return !sources.isEmpty();
    }

    private void run(Path folder) throws IOException {
        Path work = Files.createTempDirectory("quarry-bench");
        WorkspaceOptions options = new WorkspaceOptions(StoreOptions.DEFAULT, true, Optional.empty(), 1);
        try (Workspace workspace = Workspace.open(work.resolve("store"), options)) {
            workspace.index(folder, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
            List<Node> symbols = symbols(workspace.graph());
            int each = queries / sources.size() / SymbolQuery.values().length;
            for (SymbolQuery kind : SymbolQuery.values()) {
                SplittableRandom random =
                        new SplittableRandom(seed + kind.name().hashCode());
                List<Node> fitting = symbols.stream()
                        .filter(symbol -> kind.fits(symbol.name()))
                        .toList();
                int right = 0;
                for (int i = 0; i < each; i++) {
                    right += isFirst(workspace, fitting.get(random.nextInt(fitting.size())), kind, random) ? 1 : 0;
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s\t%s\t%d\t%.3f%n",
                        folder.getFileName(),
                        kind.name().toLowerCase(Locale.ROOT),
                        each,
                        (double) right / each);
            }
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Node> symbols(GraphStore graph) {
        List<Node> symbols = new ArrayList<>();
        graph.forEachNode(stamped -> {
            Node node = stamped.node();
            boolean isDrawn = node.kind().isType() || node.kind() == NodeKind.METHOD || node.kind() == NodeKind.FIELD;
            if (isDrawn
                    && node.name().length() >= NAME_MIN
                    && Character.isJavaIdentifierStart(node.name().charAt(0))
                    && !Flags.has(node.flags(), Flags.LOCAL)
                    && !Flags.has(node.flags(), Flags.IMPLICIT)
                    && !owner(node).matches("\\d.*")) {
                symbols.add(node);
            }
        });
        symbols.sort(Comparator.comparing(Node::id));
        return symbols;
    }

    /** The simple name of the type that declares a member; empty for a type. */
    private static String owner(Node node) {
        String type = node.qualifiedName()
                .substring(0, Math.max(0, node.qualifiedName().indexOf('#')));
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    private boolean isFirst(Workspace workspace, Node symbol, SymbolQuery kind, SplittableRandom random) {
        String typed = kind.typed(owner(symbol), symbol.name(), random);
        List<Hit> hits = workspace
                .retriever()
                .search(SearchRequest.of(typed, 1, SearchFilter.all()))
                .hits();
        String found = hits.isEmpty() ? "" : hits.getFirst().node().node().name();
        if (misses && !found.equals(symbol.name())) {
            String first =
                    hits.isEmpty() ? "nothing" : hits.getFirst().node().node().symbol();
            System.err.println(kind + "\t" + typed + "\t" + symbol.symbol() + "\t" + first);
        }
        return found.equals(symbol.name());
    }
}
