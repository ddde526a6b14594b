package dev.quarry.schema;

import org.jspecify.annotations.Nullable;

/**
 * A fact: this thing exists.
 *
 * @param id the identity made of kind, qualified name and signature
 * @param kind what it stands for
 * @param name the simple name, {@code <init>} for constructors, {@code <clinit>} for static initializers
 * @param qualifiedName for types the binary name ({@code a.b.Outer$Inner}); for members {@code owner#name}; for packages
 *     the name; for files and modules the path below the repository's root, with {@code /}; for type parameters what
 *     declares them, {@code #} and the name; empty for the repository, so that no id depends on where it lies
 * @param signature for callables the erased parameter types, {@code (int,java.lang.String[])}; else empty
 * @param declaration the head of the declaration on one line, as people write it, without annotations; empty if unknown
 * @param file the id of the file that declares it, {@link NodeId#NONE} for leaves and containers
 * @param span where in that file
 * @param flags bits of {@link Flags}
 * @param content the hash of its canonical syntax; for leaves the hash of what is known of them
 * @param shape the same with identifiers and literals abstracted; null where there is no syntax
 * @param doc the hash of its documentation comment; null where there is none
 * @param detail what else is to be known: a library's Maven coordinate, the reason why a name is unresolved; else empty
 */
public record Node(
        NodeId id,
        NodeKind kind,
        String name,
        String qualifiedName,
        String signature,
        String declaration,
        NodeId file,
        Span span,
        int flags,
        ContentHash content,
        @Nullable ContentHash shape,
        @Nullable ContentHash doc,
        String detail) {
    /** Rejects a node without a name to identify it. */
    public Node {
        if (qualifiedName.isEmpty() && kind != NodeKind.PACKAGE && kind != NodeKind.REPOSITORY) {
            throw new IllegalArgumentException("a node of kind " + kind + " needs a qualified name");
        }
    }

    /** A leaf or container: a node without syntax, whose content is what is said of it here. */
    public static Node withoutSyntax(
            NodeKind kind, String name, String qualifiedName, String signature, String detail) {
        ContentHash content = ContentHash.ofText(kind + "\0" + qualifiedName + signature + "\0" + detail);
        return new Node(
                NodeId.of(kind, qualifiedName, signature),
                kind,
                name,
                qualifiedName,
                signature,
                "",
                NodeId.NONE,
                Span.NONE,
                0,
                content,
                null,
                null,
                detail);
    }

    /** The qualified name and the signature: {@code a.b.C#m(int)}. */
    public String symbol() {
        return qualifiedName + signature;
    }
}
