package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What the frameworks make of a small repository, bound without any jar; for tests. */
final class Concepts {
    final DerivedFacts facts;
    private final Map<NodeId, String> symbols = new HashMap<>();

    private Concepts(Path root) {
        RepositoryScan scan = RepositoryScan.of(root, ScanOptions.defaults());
        List<SourceFile> sources =
                scan.files().stream().flatMap(file -> file.source().stream()).toList();
        Binder binder = new Binder(IngestOptions.defaults().languageLevel(), JarIndex.of(List.of()));
        binder.run(
                sources,
                file -> file.declarations()
                        .forEach(each -> symbols.put(each.id(), each.qualifiedName() + each.signature())));
        facts = Frameworks.derive(binder.frameworks());
        for (Node node : facts.nodes()) {
            symbols.put(node.id(), node.symbol() + (node.detail().isEmpty() ? "" : " [" + node.detail() + "]"));
        }
    }

    static Concepts of(Path root) {
        return new Concepts(root);
    }

    /** Writes Java files, each introduced by a line {@code // path}. */
    static void write(Path root, String files) {
        for (String file : files.split("(?m)^// ")) {
            if (!file.isBlank()) {
                int line = file.indexOf('\n');
                Graph.write(root, file.substring(0, line).strip(), file.substring(line + 1));
            }
        }
    }

    /** The edges of a kind: {@code from -> to}, then role and detail as far as there are any, each behind a bar. */
    NavigableSet<String> edges(EdgeKind kind) {
        NavigableSet<String> lines = new TreeSet<>();
        for (Edge edge : facts.edges()) {
            if (edge.kind() == kind) {
                String role = edge.role().isEmpty() ? "" : " | " + edge.role();
                String detail = edge.detail().isEmpty() ? "" : " | " + edge.detail();
                lines.add(symbol(edge.from()) + " -> " + symbol(edge.to()) + role + detail);
            }
        }
        return lines;
    }

    private String symbol(NodeId id) {
        return symbols.getOrDefault(id, "dangling " + id);
    }
}
