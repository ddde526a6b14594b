package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins what the two parsers say of a file to its facts: identities and edges from one, spans and hashes from the other. */
final class FactsAssembler {
    private static final Comparator<Edge> EDGE_ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::kind)
            .thenComparing(Edge::to)
            .thenComparing(Edge::role);

    private FactsAssembler() {}

    /** The facts of a file that was read. */
    static FileFacts join(BoundFile bound, SyntaxFile read) {
        SourceFile source = bound.source();
        SourceLines lines = SourceLines.of(source.text());
        // The compiler's parser is the judge of what is Java; a legal file that the other parser refuses is whole.
        boolean broken = bound.syntaxErrors() || (!read.problems().isEmpty() && !bound.readWhole());
        SyntaxFile syntax = read.problems().isEmpty() ? read : withBound(bound, read, broken);
        NodeJoin join = new NodeJoin(bound, syntax, lines, broken);
        List<Node> nodes = new ArrayList<>();
        FileStatus status = status(bound, syntax, broken);
        FileRecord record = new FileRecord(
                source.path(),
                source.raw(),
                status,
                problem(bound, syntax),
                source.bytes(),
                lines.count(),
                bound.coverage());
        Span whole = new Span(0, 0, source.text().length(), 1, lines.count());
        int fileFlags = FileFlags.of(source.path(), source.text()) | (broken ? Flags.BROKEN : 0);
        nodes.add(fileNode(record, whole, fileFlags, syntax.content()));
        for (Declared declared : bound.declarations()) {
            nodes.add(join.node(declared));
        }
        nodes.sort(Comparator.comparing(Node::id));
        List<Edge> edges = new ArrayList<>(bound.edges());
        edges.sort(EDGE_ORDER);
        return new FileFacts(record, source.text(), nodes, edges);
    }

    /** What the syntax parser could not give, from the declarations that binding found. */
    private static SyntaxFile withBound(BoundFile bound, SyntaxFile read, boolean broken) {
        if (bound.declarations().isEmpty()) {
            return read;
        }
        SyntaxFile made = CompilerSyntax.of(bound, broken ? read.problems() : List.of());
        return broken ? new SyntaxFile(read.content(), made.declarations(), read.problems()) : made;
    }

    /** The facts of a file that could not be read, or could not be bound. */
    static FileFacts unread(ScannedFile file, FileStatus status, String problem) {
        FileRecord record = new FileRecord(file.path(), file.raw(), status, problem, file.bytes(), 0, Coverage.NONE);
        return new FileFacts(record, "", List.of(fileNode(record, Span.NONE, 0, file.raw())), List.of());
    }

    private static Node fileNode(FileRecord file, Span span, int flags, ContentHash content) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return new Node(
                file.id(), NodeKind.FILE, name, file.path(), "", "", NodeId.NONE, span, flags, content, null, null, "");
    }

    private static FileStatus status(BoundFile bound, SyntaxFile syntax, boolean broken) {
        if (!broken) {
            return FileStatus.INDEXED;
        }
        boolean empty = bound.declarations().isEmpty() && syntax.declarations().isEmpty();
        return empty ? FileStatus.FAILED : FileStatus.PARTIAL;
    }

    private static String problem(BoundFile bound, SyntaxFile syntax) {
        String problem = contentProblem(bound, syntax);
        String note = bound.source().note();
        return problem.isEmpty() || note.isEmpty() ? problem + note : problem + "; " + note;
    }

    private static String contentProblem(BoundFile bound, SyntaxFile syntax) {
        if (!syntax.problems().isEmpty()) {
            SyntaxFile.Problem first = syntax.problems().getFirst();
            return "line " + first.line() + ": " + first.message();
        }
        return bound.problem().isEmpty() && bound.syntaxErrors() ? "has a syntax error" : bound.problem();
    }

    /** Makes the nodes of one file. */
    private static final class NodeJoin {
        private final BoundFile bound;
        private final SourceLines lines;
        private final NodeId file;
        private final int fileFlags;
        private final ContentHash fileContent;
        private final Map<Integer, List<Declaration>> byAnchor = new HashMap<>();
        private final Map<NodeId, Node> made = new HashMap<>();

        NodeJoin(BoundFile bound, SyntaxFile syntax, SourceLines lines, boolean broken) {
            this.bound = bound;
            this.lines = lines;
            this.file = NodeId.of(NodeKind.FILE, bound.source().path(), "");
            this.fileFlags = FileFlags.of(bound.source().path(), bound.source().text()) | (broken ? Flags.BROKEN : 0);
            this.fileContent = syntax.content();
            for (Declaration declaration : syntax.declarations()) {
                byAnchor.computeIfAbsent(declaration.nameOffset(), _ -> new ArrayList<>(1))
                        .add(declaration);
            }
        }

        Node node(Declared declared) {
            Node node = Flags.has(declared.flags(), Flags.IMPLICIT) ? implicit(declared) : written(declared);
            made.put(node.id(), node);
            return node;
        }

        private Node written(Declared declared) {
            if (declared.kind() == NodeKind.INITIALIZER) {
                return initializer(declared);
            }
            Declaration syntax = at(declared.anchor(), declared.kind());
            return syntax == null ? fromTokens(declared) : fromSyntax(declared, syntax);
        }

        private @Nullable Declaration at(int anchor, NodeKind kind) {
            for (Declaration declaration : byAnchor.getOrDefault(anchor, List.of())) {
                if (declaration.kind() == kind) {
                    return declaration;
                }
            }
            return null;
        }

        private Node fromSyntax(Declared declared, Declaration syntax) {
            return node(
                    declared,
                    syntax.declaration(),
                    syntax.span(),
                    syntax.flags() | (declared.flags() & Flags.LOCAL),
                    syntax.content(),
                    syntax.shape(),
                    syntax.doc());
        }

        private Node fromTokens(Declared declared) {
            int length = bound.source().text().length();
            int start = Math.clamp(declared.start(), 0, length);
            int end = Math.clamp(declared.end(), start, length);
            ContentHash content = TokenHash.of(bound.source().text(), start, end);
            return node(declared, declared.head(), span(start, end), declared.flags(), content, null, null);
        }

        private Node initializer(Declared declared) {
            List<Declaration> blocks = new ArrayList<>();
            StringBuilder all = new StringBuilder("static");
            for (int part : declared.parts()) {
                for (Declaration declaration : byAnchor.getOrDefault(part, List.of())) {
                    all.append('\n').append(declaration.content());
                    if (declaration.kind() == NodeKind.INITIALIZER) {
                        blocks.add(declaration);
                    }
                }
            }
            if (blocks.size() == 1 && declared.parts().size() == 1) {
                return fromSyntax(declared, blocks.getFirst());
            }
            Span span = blocks.isEmpty()
                    ? span(declared.start(), declared.start())
                    : blocks.getFirst().span();
            ContentHash content = ContentHash.ofText(all.toString());
            return node(declared, declared.head(), span, declared.flags(), content, null, null);
        }

        /** What the language adds changes with its owner, and lies where the owner's name is. */
        private Node implicit(Declared declared) {
            if (!declared.parts().isEmpty()) {
                return generated(declared);
            }
            Node owner = made.get(declared.owner());
            ContentHash content = owner == null ? fileContent : owner.content();
            Span span = span(declared.anchor(), declared.anchor());
            return node(declared, declared.head(), span, declared.flags(), content, null, null);
        }

        /** What an annotation stands for lies there, and changes with it and with the fields that it is made of. */
        private Node generated(Declared declared) {
            String text = bound.source().text();
            StringBuilder all = new StringBuilder(declared.head());
            all.append('\n').append(TokenHash.of(text, declared.start(), declared.end()));
            for (int part : declared.parts()) {
                for (Declaration declaration : byAnchor.getOrDefault(part, List.of())) {
                    all.append('\n').append(declaration.content());
                }
            }
            ContentHash content = ContentHash.ofText(all.toString());
            Span span = span(declared.start(), declared.end());
            return node(declared, declared.head(), span, declared.flags(), content, null, null);
        }

        private Span span(int start, int end) {
            return new Span(start, start, end, lines.line(start), lines.line(Math.max(start, end - 1)));
        }

        private Node node(
                Declared declared,
                String head,
                Span span,
                int flags,
                ContentHash content,
                @Nullable ContentHash shape,
                @Nullable ContentHash doc) {
            return new Node(
                    declared.id(),
                    declared.kind(),
                    declared.name(),
                    declared.qualifiedName(),
                    declared.signature(),
                    head,
                    file,
                    span,
                    flags | fileFlags,
                    content,
                    shape,
                    doc,
                    "");
        }
    }
}
