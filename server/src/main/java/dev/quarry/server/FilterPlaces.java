package dev.quarry.server;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the files, folders and packages that the conditions of a search name: one that is not there is an error. */
final class FilterPlaces {
    private static final int CHILDREN_MAX = 100_000;

    private final GraphStore graph;
    private final Optional<Path> root;

    FilterPlaces(Workspace workspace) {
        this.graph = workspace.graph();
        this.root = workspace.repositoryRoot();
    }

    /**
     * A file or a folder as the index has it, without steps that lead nowhere; empty for the root.
     *
     * @param wanted below the repository's root, or absolute
     * @throws QuarryException NOT_FOUND if no file of the index is there
     */
    String path(String wanted) {
        String path = String.join("/", segments(wanted));
        boolean isThere = path.isEmpty()
                || graph.files().keySet().stream()
                        .anyMatch(file -> file.startsWith(path)
                                && (file.length() == path.length() || file.charAt(path.length()) == '/'));
        if (!isThere) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "no file or folder of the index is at '" + wanted
                            + "': give its path below the repository's root, or '.' for all");
        }
        return path;
    }

    private List<String> segments(String wanted) {
        List<String> segments = new ArrayList<>();
        for (String segment : belowRoot(wanted).split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.isEmpty()) {
                    throw outside(wanted);
                }
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private String belowRoot(String wanted) {
        if (!wanted.startsWith("/")) {
            return wanted;
        }
        return root.map(Path::toString)
                .filter(from -> wanted.equals(from) || wanted.startsWith(from + "/"))
                .map(from -> wanted.substring(from.length()))
                .orElseThrow(() -> outside(wanted));
    }

    private QuarryException outside(String wanted) {
        return new QuarryException(
                ErrorCode.NOT_FOUND,
                "'" + wanted + "' lies outside of the repository"
                        + root.map(path -> " at " + path).orElse("") + ": give a file or a folder below its root");
    }

    /**
     * The same name, if a package of the index has it or begins with it.
     *
     * @throws QuarryException NOT_FOUND if none does
     */
    String packageName(String wanted) {
        if (!wanted.isEmpty() && packages().noneMatch(name -> name.equals(wanted) || name.startsWith(wanted + "."))) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "no package is called '" + wanted + "': give its whole name, or that of one above it");
        }
        return wanted;
    }

    /** The packages that files of the repository lie in: those of its modules, and those of none. */
    private Stream<String> packages() {
        return Stream.concat(
                        Stream.of(StoredNames.REPOSITORY), modules().stream().map(Node::id))
                .flatMap(this::children)
                .filter(node -> node.kind() == NodeKind.PACKAGE)
                .map(Node::qualifiedName);
    }

    /** The modules of the repository. */
    List<Node> modules() {
        return children(StoredNames.REPOSITORY)
                .filter(node -> node.kind() == NodeKind.MODULE)
                .toList();
    }

    private Stream<Node> children(NodeId home) {
        return graph.neighbours(home, Direction.OUT, Set.of(EdgeKind.CONTAINS), CHILDREN_MAX).stream()
                .map(neighbour -> neighbour.node().node());
    }
}
