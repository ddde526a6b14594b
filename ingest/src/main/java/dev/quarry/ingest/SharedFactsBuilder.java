package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.Sites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what no single file says: the repository, its modules and packages, and the leaves.
 *
 * <p>A module is a directory with a build file; a file belongs to the nearest one above it.
 */
final class SharedFactsBuilder {
    private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts");

    private final Path root;
    private final Node repository;
    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Set<Edge> edges = new TreeSet<>(
            Comparator.comparing(Edge::from).thenComparing(Edge::kind).thenComparing(Edge::to));
    private final Map<String, @Nullable Node> modules = new HashMap<>();

    SharedFactsBuilder(Path root) {
        this.root = root;
        Path name = root.getFileName();
        this.repository = Node.withoutSyntax(NodeKind.REPOSITORY, name == null ? "" : name.toString(), "", "", "");
        nodes.put(repository.id(), repository);
    }

    /**
     * Puts a file into its package.
     *
     * @param packageName null for what belongs to no package: module descriptors, files that could not be read
     */
    void addFile(FileRecord file, @Nullable String packageName) {
        Node module = module(parent(file.path()));
        Node home = module == null ? repository : module;
        if (packageName == null || !file.status().isIndexed()) {
            contain(home, file.id());
            return;
        }
        String shown = packageName.substring(packageName.lastIndexOf('.') + 1);
        Node node = Node.withoutSyntax(NodeKind.PACKAGE, shown, packageName, "", "");
        nodes.put(node.id(), node);
        contain(home, node.id());
        contain(node, file.id());
    }

    /** Adds a node that a file's edges lead to. */
    void addLeaf(Node leaf) {
        nodes.putIfAbsent(leaf.id(), leaf);
    }

    private void contain(Node from, NodeId to) {
        edges.add(new Edge(from.id(), EdgeKind.CONTAINS, "", to, Found.COMPILER, Sites.NONE, ""));
    }

    /** The module of a directory, given below the root with {@code /}; null where no build file stands above it. */
    private @Nullable Node module(String directory) {
        if (modules.containsKey(directory)) {
            return modules.get(directory);
        }
        Node found = null;
        Path folder = root.resolve(directory);
        if (BUILD_FILES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
            String path = directory.isEmpty() ? "." : directory;
            Path name = folder.getFileName();
            found = Node.withoutSyntax(NodeKind.MODULE, name == null ? path : name.toString(), path, "", "");
            nodes.put(found.id(), found);
            contain(repository, found.id());
        } else if (!directory.isEmpty()) {
            found = module(parent(directory));
        }
        modules.put(directory, found);
        return found;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The facts, with these leaves added; sorted. */
    SharedFacts build(Collection<Node> leaves) {
        leaves.forEach(leaf -> nodes.putIfAbsent(leaf.id(), leaf));
        return new SharedFacts(new ArrayList<>(nodes.values()), new ArrayList<>(edges));
    }
}
