package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.ingest.CanonicalHashes.Extent;
import dev.quarry.ingest.CanonicalHashes.Hashes;
import dev.quarry.ingest.SyntaxFile.Declaration;
import dev.quarry.ingest.SyntaxFile.Problem;
import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The syntax of a file that the syntax parser refuses, from the declarations that binding found and the compiler's tokens.
 *
 * <p>A declaration has the span, head and hashes that the syntax parser would give it.
 */
final class CompilerSyntax {
    private final BoundFile bound;
    private final TokenTable tokens;
    private final List<Found> found = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();
    private final Set<NodeId> open = new HashSet<>(); // enums of which a constant has a body
    private final Set<NodeId> interfaces = new HashSet<>();

    /** A declaration with its tokens: those that hash it, and all that it spans. */
    private record Found(Declared declared, NodeKind kind, int anchor, Extent extent, int first, int last) {}

    private CompilerSyntax(BoundFile bound, TokenTable tokens) {
        this.bound = bound;
        this.tokens = tokens;
    }

    /**
     * The file's syntax.
     *
     * @param problems what to report as its problems
     */
    static SyntaxFile of(BoundFile bound, List<Problem> problems) {
        String text = bound.source().text();
        TokenTable tokens = TokenTable.scan(text, SourceLines.of(text));
        return new CompilerSyntax(bound, tokens).read(problems);
    }

    private SyntaxFile read(List<Problem> problems) {
        TreeMap<Integer, List<Declared>> variables = new TreeMap<>();
        for (Declared declared : bound.declarations()) {
            if (Flags.has(declared.flags(), Flags.IMPLICIT)) {
                continue;
            }
            switch (declared.kind()) {
                case FIELD ->
                    variables
                            .computeIfAbsent(declared.start(), _ -> new ArrayList<>())
                            .add(declared);
                case INITIALIZER -> declared.parts().forEach(part -> block(declared, part));
                default -> plain(declared);
            }
            if (declared.kind() == NodeKind.INTERFACE || declared.kind() == NodeKind.ANNOTATION) {
                interfaces.add(declared.id());
            }
            if (declared.kind() == NodeKind.ENUM_CONSTANT && tokens.is(lastBefore(declared.end()), "}")) {
                open.add(declared.owner());
            }
        }
        variables.values().forEach(this::variables);
        List<Found> sound = nested();
        Hashes hashes =
                CanonicalHashes.of(tokens, sound.stream().map(Found::extent).toList());
        List<Declaration> declarations = new ArrayList<>(sound.size());
        for (int i = 0; i < sound.size(); i++) {
            declarations.add(declaration(sound.get(i), hashes, i, parents.get(i)));
        }
        return new SyntaxFile(hashes.file(), declarations, problems);
    }

    private Declaration declaration(Found each, Hashes hashes, int index, int parent) {
        int flags = each.declared.flags() | implied(each) | marks(each.first, tokens.firstFrom(each.anchor));
        return new Declaration(
                each.kind,
                each.declared.name(),
                each.anchor,
                span(each.first, each.last),
                flags,
                head(each),
                hashes.contents().get(index),
                hashes.shapes().get(index),
                each.kind == NodeKind.TYPE_PARAMETER ? null : DocComments.hash(tokens.doc(each.first)),
                parent);
    }

    private String head(Found each) {
        Extent extent = each.extent;
        return switch (each.kind) {
            case INITIALIZER -> "static";
            case ENUM_CONSTANT -> each.declared.name();
            case FIELD ->
                DeclarationHead.ofVariable(
                        tokens, extent.prefixFirst(), extent.prefixEnd() - 1, extent.first(), extent.last());
            default -> DeclarationHead.of(tokens, each.first, each.last);
        };
    }

    /** Modifiers that types have without saying so. */
    private int implied(Found each) {
        NodeId owner = each.declared.owner();
        int nested = owner.equals(NodeId.NONE) ? 0 : Modifier.STATIC;
        int inInterface = interfaces.contains(owner) ? Modifier.PUBLIC | Modifier.STATIC : 0;
        return switch (each.kind) {
            case CLASS -> inInterface;
            case INTERFACE, ANNOTATION -> Modifier.ABSTRACT | nested | inInterface;
            case ENUM -> nested | inInterface | (open.contains(each.declared.id()) ? 0 : Modifier.FINAL);
            case RECORD -> Modifier.FINAL | nested | inInterface;
            default -> 0;
        };
    }

    /** What the words before the name say that the compiler's modifiers do not. */
    private int marks(int first, int name) {
        int marks = 0;
        for (int token = first; token < name; token++) {
            if (tokens.is(token, "sealed") && !tokens.is(token - 1, "-")) {
                marks |= Flags.SEALED;
            } else if (tokens.is(token, "@") && tokens.is(token + 1, "Deprecated")) {
                marks |= Flags.DEPRECATED;
            } else if (tokens.is(token, "transient")) {
                marks |= Modifier.TRANSIENT;
            } else if (tokens.is(token, "volatile")) {
                marks |= Modifier.VOLATILE;
            }
        }
        return marks;
    }

    private void plain(Declared declared) {
        int first = tokens.firstFrom(declared.start());
        int last = declared.kind() == NodeKind.TYPE_PARAMETER ? boundEnd(first) : lastBefore(declared.end());
        if (first <= last) {
            add(declared, declared.anchor(), Extent.of(first, last), first, last);
        }
    }

    /** The last token of the type parameter that begins at this one; the compiler's ends within its bound. */
    private int boundEnd(int first) {
        int depth = 0;
        for (int token = first; token < tokens.count(); token++) {
            boolean ends = tokens.is(token, ",") || tokens.is(token, ">") || tokens.is(token, ")");
            if (depth == 0 && ends) {
                return token - 1;
            }
            depth += tokens.is(token, "<") || tokens.is(token, "(") ? 1 : 0;
            depth -= tokens.is(token, ">") || tokens.is(token, ")") ? 1 : 0;
        }
        return tokens.count() - 1;
    }

    /** The tokens of one declaration of fields: each has its own behind what they share. */
    private void variables(List<Declared> group) {
        group.sort(Comparator.comparingInt(Declared::anchor));
        int first = tokens.firstFrom(group.getFirst().start());
        int prefixEnd = tokens.firstFrom(group.getFirst().anchor());
        int end = group.stream().mapToInt(Declared::end).max().orElse(0);
        int last = lastBefore(end);
        for (int i = 0; i < group.size(); i++) {
            int own = tokens.firstFrom(group.get(i).anchor());
            int ownLast = i + 1 < group.size()
                    ? tokens.firstFrom(group.get(i + 1).anchor()) - 2
                    : tokens.is(last, ";") ? last - 1 : last;
            if (first <= prefixEnd && own <= ownLast) {
                add(group.get(i), group.get(i).anchor(), new Extent(first, prefixEnd, own, ownLast), first, last);
            }
        }
    }

    private void block(Declared declared, int part) {
        int first = tokens.firstFrom(part);
        if (!tokens.is(first, "static") || !tokens.is(first + 1, "{")) {
            return;
        }
        int depth = 0;
        for (int token = first + 1; token < tokens.count(); token++) {
            if (tokens.is(token, "{")) {
                depth++;
            } else if (tokens.is(token, "}") && --depth == 0) {
                add(declared, part, Extent.of(first, token), first, token);
                return;
            }
        }
    }

    private void add(Declared declared, int anchor, Extent extent, int first, int last) {
        found.add(new Found(declared, declared.kind(), anchor, extent, first, last));
    }

    private int lastBefore(int end) {
        return tokens.firstFrom(end) - 1;
    }

    /** In the order of the text, each after the one around it; what overlaps another's end is left out. */
    private List<Found> nested() {
        found.sort(Comparator.comparingInt((Found each) -> each.extent.first())
                .thenComparingInt(each -> -each.extent.last()));
        List<Found> sound = new ArrayList<>(found.size());
        Deque<Integer> open = new ArrayDeque<>();
        for (Found each : found) {
            while (!open.isEmpty() && sound.get(open.peek()).extent.last() < each.extent.first()) {
                open.pop();
            }
            if (each.extent.last() < tokens.count()
                    && (open.isEmpty()
                            || each.extent.last()
                                    <= sound.get(open.peek()).extent.last())) {
                parents.add(open.isEmpty() ? -1 : open.peek());
                open.push(sound.size());
                sound.add(each);
            }
        }
        return sound;
    }

    private Span span(int first, int last) {
        int start = tokens.start(first);
        int end = tokens.end(last);
        int doc = tokens.docStart(first);
        return new Span(doc < 0 ? start : doc, start, end, tokens.line(start), tokens.line(end - 1));
    }
}
