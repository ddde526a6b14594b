package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text of one file says by itself, before any name is bound.
 *
 * @param content the Merkle root over the file's declarations and what stands between them
 * @param declarations in the order of the text, each after the one that encloses it
 * @param problems syntax errors; empty where the file was read whole
 */
record SyntaxFile(ContentHash content, List<Declaration> declarations, List<Problem> problems) {
    SyntaxFile {
        declarations = List.copyOf(declarations);
        problems = List.copyOf(problems);
    }

    /**
     * A declaration as written. Binding joins it to its identity by {@code nameOffset}.
     *
     * @param name as {@link dev.quarry.schema.Node#name()}: {@code <init>}, {@code <clinit>}; Unicode escapes replaced
     * @param nameOffset where its name begins, in UTF-16 units; for a compact constructor too; for a static initializer
     *     block where the block's {@code static} begins; for the class that a compact source file implies where its first
     *     declaration begins
     * @param span of a field the whole declaration, also where it declares several
     * @param flags bits of {@link dev.quarry.schema.Flags}
     * @param declaration its head on one line, without annotations and body
     * @param parent the index of the enclosing declaration, -1 for top-level types
     */
    record Declaration(
            NodeKind kind,
            String name,
            int nameOffset,
            Span span,
            int flags,
            String declaration,
            ContentHash content,
            ContentHash shape,
            @Nullable ContentHash doc,
            int parent) {}

    /** A syntax error and its line, from 1. */
    record Problem(int line, String message) {}
}
