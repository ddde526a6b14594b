package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what the conditions of a search, as people write them, mean in a store. */
final class SearchFilters {
    private static final Set<NodeKind> ANNOTATIONS =
            EnumSet.of(NodeKind.ANNOTATION, NodeKind.LIBRARY_TYPE, NodeKind.JDK_TYPE, NodeKind.UNRESOLVED);

    private final Workspace workspace;
    private final GraphStore graph;

    SearchFilters(Workspace workspace) {
        this.workspace = workspace;
        this.graph = workspace.graph();
    }

    /**
     * The filter for these conditions.
     *
     * @throws QuarryException NOT_FOUND if nothing has the name of the path, the module, the package, the annotation or
     *     the revision; AMBIGUOUS if several modules have it; BAD_INPUT if a search finds nothing of one of the kinds
     */
    SearchFilter of(Backend.Filter conditions) {
        conditions.kinds().forEach(SearchFilters::mustBeFound);
        FilterPlaces places = new FilterPlaces(workspace);
        SearchFilter filter = SearchFilter.all()
                .withKinds(conditions.kinds())
                .withPath(places.path(conditions.path()))
                .withPackage(places.packageName(conditions.packageName()))
                .withVisibilities(conditions.visibilities())
                .withCode(conditions.code());
        if (!conditions.module().isEmpty()) {
            filter = filter.withModule(module(conditions.module(), places.modules()));
        }
        if (!conditions.annotation().isEmpty()) {
            filter = filter.withAnnotations(annotations(conditions.annotation()));
        }
        if (!conditions.since().isEmpty()) {
            filter = filter.withNodes(new HistoryReport(workspace).changedSince(conditions.since()));
        }
        return filter;
    }

    /** A search reads the text of declarations. */
    private static void mustBeFound(NodeKind kind) {
        if (!kind.isSearchable()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "a search finds types, methods, constructors and fields, and nothing of the kind " + kind
                            + ": leave it out, or ask for it by name among the symbols or by a query");
        }
    }

    private static SearchFilter.Module module(String wanted, List<Node> modules) {
        String name = wanted.endsWith("/") ? wanted.substring(0, wanted.length() - 1) : wanted;
        if (modules.isEmpty() && name.equals(StoredNames.ROOT_MODULE)) {
            return new SearchFilter.Module("", Set.of());
        }
        List<String> paths = modules.stream()
                .filter(node -> node.qualifiedName().equals(name))
                .map(Node::qualifiedName)
                .toList();
        if (paths.isEmpty()) {
            paths = modules.stream()
                    .filter(node -> node.name().equals(name))
                    .map(Node::qualifiedName)
                    .sorted()
                    .toList();
        }
        if (paths.isEmpty()) {
            String remedy = modules.isEmpty()
                    ? "the repository has no build file, so all of it is the module '.'"
                    : modules.stream().anyMatch(node -> node.qualifiedName().equals(StoredNames.ROOT_MODULE))
                            ? "give the folder of its build file, or '.' for the root's"
                            : "give the folder of its build file; the root has none";
            throw new QuarryException(ErrorCode.NOT_FOUND, "no module is called '" + wanted + "': " + remedy);
        }
        if (paths.size() > 1) {
            throw new QuarryException(
                    ErrorCode.AMBIGUOUS,
                    "several modules are called '" + wanted + "' (" + String.join(", ", paths) + "): give the folder");
        }
        String folder = paths.getFirst().equals(StoredNames.ROOT_MODULE) ? "" : paths.getFirst();
        Set<String> nested = modules.stream()
                .map(Node::qualifiedName)
                .filter(path -> !path.equals(StoredNames.ROOT_MODULE) && !path.equals(folder))
                .filter(path -> folder.isEmpty() || path.startsWith(folder + "/"))
                .collect(Collectors.toSet());
        return new SearchFilter.Module(folder, nested);
    }

    private Set<NodeId> annotations(String wanted) {
        SymbolPattern pattern = SymbolPattern.parse(wanted.startsWith("@") ? wanted.substring(1) : wanted);
        Set<NodeId> types = graph.named(pattern.simpleName()).stream()
                .map(StampedNode::node)
                .filter(node -> ANNOTATIONS.contains(node.kind()) && pattern.matches(node))
                .map(Node::id)
                .collect(Collectors.toSet());
        if (types.isEmpty()) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "no annotation is called '" + wanted + "': give its simple or its qualified name");
        }
        return types;
    }
}
