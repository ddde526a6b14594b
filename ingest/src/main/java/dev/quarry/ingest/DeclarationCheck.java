package dev.quarry.ingest;

import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file's nodes beside its text, read again: whether each has the place and the hashes that the text gives it.
 *
 * <p>Nodes without a shape are left out: the compiler's parser or the language itself made them, and what they are cannot
 * be told from this text alone.
 *
 * @param compared how many nodes were compared
 * @param differences what is wrong, by node
 * @param declaresMore whether the text declares a type that is not among the nodes
 */
public record DeclarationCheck(int compared, List<Difference> differences, boolean declaresMore) {
    /** Copies the list. */
    public DeclarationCheck {
        differences = List.copyOf(differences);
    }

    /** A node that is not as the text says. */
    public record Difference(Node node, String problem) {}

    private record Place(NodeKind kind, Span span) {}

    /**
     * Reads the text and compares.
     *
     * @param text the whole text of the file
     * @param nodes the file's own node and those that it declares
     * @return empty where the syntax parser refuses the text, so that its nodes come from elsewhere
     */
    public static Optional<DeclarationCheck> of(FileRecord file, String text, List<Node> nodes) {
        SyntaxFile syntax = JavaSyntax.parse(new SourceFile(file.path(), file.raw(), text, file.bytes()));
        if (!syntax.problems().isEmpty()) {
            return Optional.empty();
        }
        Map<Place, List<Declaration>> byPlace = new HashMap<>();
        for (Declaration declaration : syntax.declarations()) {
            byPlace.computeIfAbsent(new Place(declaration.kind(), declaration.span()), _ -> new ArrayList<>(1))
                    .add(declaration);
        }
        List<Difference> differences = new ArrayList<>();
        int compared = 0;
        int types = 0;
        for (Node node : nodes) {
            types += node.kind().isType() ? 1 : 0;
            String problem = "";
            if (node.kind() == NodeKind.FILE) {
                problem = node.content().equals(syntax.content()) ? "" : "its text has another content hash";
            } else if (node.shape() != null) {
                problem = problem(node, byPlace.getOrDefault(new Place(node.kind(), node.span()), List.of()));
            } else {
                continue;
            }
            compared++;
            if (!problem.isEmpty()) {
                differences.add(new Difference(node, problem));
            }
        }
        long written = syntax.declarations().stream()
                .filter(declaration -> declaration.kind().isType())
                .count();
        return Optional.of(new DeclarationCheck(compared, differences, written > types));
    }

    private static String problem(Node node, List<Declaration> there) {
        List<Declaration> named = there.stream()
                .filter(declaration -> there.size() == 1 || declaration.name().equals(node.name()))
                .toList();
        if (named.isEmpty()) {
            return "its text declares nothing there";
        }
        boolean agrees = named.stream()
                .anyMatch(declaration -> declaration.content().equals(node.content())
                        && declaration.shape().equals(node.shape())
                        && Objects.equals(declaration.doc(), node.doc()));
        return agrees ? "" : "its text has other hashes";
    }
}
