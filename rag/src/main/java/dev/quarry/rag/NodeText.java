package dev.quarry.rag;

import dev.quarry.embed.EmbeddingText;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import dev.quarry.search.SearchDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A declaration with the text that it is found by.
 *
 * @param path its file below the repository's root
 * @param owner the simple name of the type that declares it, nested names joined by {@code $}; for a top-level type its
 *     package
 * @param comment its documentation comment as written; empty if there is none
 * @param body its source without the comment; for a type the names of its members, because they are declarations of
 *     their own
 */
public record NodeText(Node node, String path, String owner, String comment, String body) {
    /**
     * The declarations of a file that can be searched for, in the order of the facts. What the text does not write and
     * type parameters are left out.
     */
    public static List<NodeText> of(FileFacts facts) {
        return of(facts.file().path(), facts.text(), facts.nodes());
    }

    /** The same for some nodes of the file with this path and text; a type's members are found among these nodes. */
    public static List<NodeText> of(String path, String text, List<Node> nodes) {
        Map<String, StringJoiner> members = new HashMap<>();
        for (Node node : nodes) {
            if (isSearchable(node, text)) {
                members.computeIfAbsent(ownerName(node), _ -> new StringJoiner(", "))
                        .add(EmbeddingText.words(node.name()));
            }
        }
        List<NodeText> texts = new ArrayList<>();
        for (Node node : nodes) {
            if (isSearchable(node, text)) {
                texts.add(of(path, text, node, members));
            }
        }
        return texts;
    }

    /** The documents by which the text leg finds what a file declares. */
    public static List<SearchDocument> documents(FileFacts facts) {
        Map<NodeId, Set<NodeId>> annotations = new HashMap<>();
        for (Edge edge : facts.edges()) {
            if (edge.kind() == EdgeKind.ANNOTATED_BY && edge.role().isEmpty()) {
                annotations.computeIfAbsent(edge.from(), _ -> new HashSet<>()).add(edge.to());
            }
        }
        return of(facts).stream()
                .map(text -> text.searchDocument(annotations.getOrDefault(text.id(), Set.of())))
                .toList();
    }

    private static NodeText of(String path, String text, Node node, Map<String, StringJoiner> members) {
        Span span = node.span();
        String body = node.kind().isType()
                ? members.getOrDefault(node.qualifiedName(), new StringJoiner(""))
                        .toString()
                : text.substring(span.start(), span.end());
        return new NodeText(
                node,
                path,
                simpleName(ownerName(node)),
                text.substring(span.docStart(), span.start()).strip(),
                body);
    }

    private static boolean isSearchable(Node node, String text) {
        return node.kind().isSearchable()
                && !Flags.has(node.flags(), Flags.IMPLICIT)
                && node.span().end() > node.span().start()
                && node.span().end() <= text.length();
    }

    /** The qualified name of the type, or the package, that declares it. */
    private static String ownerName(Node node) {
        String name = node.qualifiedName();
        int end = name.lastIndexOf('#');
        if (end < 0) {
            end = Math.max(name.lastIndexOf('$'), name.lastIndexOf('.'));
        }
        return name.substring(0, Math.max(end, 0));
    }

    private static String simpleName(String qualifiedName) {
        return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1);
    }

    /** The id of the declaration. */
    public NodeId id() {
        return node.id();
    }

    /** Whether a vector is made for it: for types, methods and constructors, which have a meaning to ask for. */
    public boolean isEmbedded() {
        return isTypeOrMethod(node);
    }

    static boolean isTypeOrMethod(Node node) {
        return node.kind().isType() || node.kind() == NodeKind.METHOD || node.kind() == NodeKind.CONSTRUCTOR;
    }

    /** The text whose vector stands for it. */
    public String embeddingText() {
        return EmbeddingText.of(node, owner, body, documentation());
    }

    /** What its documentation says of it, as plain text without tags; empty if there is none. */
    public String documentation() {
        return DocText.description(comment);
    }

    /** The document by which the text leg finds it, without its annotations. */
    public SearchDocument searchDocument() {
        return searchDocument(Set.of());
    }

    private SearchDocument searchDocument(Set<NodeId> annotations) {
        return new SearchDocument(
                node.id(),
                node.kind(),
                node.name(),
                node.qualifiedName(),
                node.declaration(),
                DocText.all(comment),
                body,
                path,
                node.flags(),
                annotations);
    }
}
