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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
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
    private final String rootName;
    private final Set<String> moduleFolders;
    private final Node repository;
    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Set<Edge> edges = new TreeSet<>(
            Comparator.comparing(Edge::from).thenComparing(Edge::kind).thenComparing(Edge::to));
    private final Map<String, @Nullable Node> modules = new HashMap<>();

    /** With the folders that hold a build file, as a {@link RepositoryScan} gives them. */
    SharedFactsBuilder(Path root, Set<String> moduleFolders) {
        Path name = root.getFileName();
        this.rootName = name == null ? "" : name.toString();
        this.moduleFolders = moduleFolders;
        this.repository = Node.withoutSyntax(NodeKind.REPOSITORY, rootName, "", "", "");
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
        if (moduleFolders.contains(directory)) {
            String path = directory.isEmpty() ? "." : directory;
            String name = directory.isEmpty() ? rootName : directory.substring(directory.lastIndexOf('/') + 1);
            found = Node.withoutSyntax(NodeKind.MODULE, name.isEmpty() ? path : name, path, "", "");
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
