package dev.quarry.ingest;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What tells, after an edit, whether a file must be bound again: what it asks for and what it offers to others.
 *
 * @param bodies where its outer bodies begin and end, in pairs: what no other file sees of it
 * @param methods the methods of its classes, and what their heads were bound to
 * @param topLevel the qualified names of its top-level types
 * @param types its types, those in bodies left out
 * @param references hashes of the simple names that its binding depends on ({@link #dependsOn})
 * @param imports its imports
 * @param used the simple names of types in its declarations, if it imports packages; see {@link TypeNames#addFile}
 * @param generated the types that annotation processors would make of it; see {@link GeneratedTypes#of}
 * @param leaves the leaves that its edges may end in
 * @param meaning changes if what its declarations were bound to does, those methods left out
 * @param opaque whether what it depends on is not known
 * @param faulty whether it has a declaration that the compiler cannot make sense of: what others make of it then depends on
 *     whether it is bound before them
 */
record FileTrace(
        SortedInts bodies,
        MethodHeads methods,
        List<String> topLevel,
        List<DeclaredType> types,
        SortedInts references,
        ImportMap imports,
        Set<String> used,
        Map<String, String> generated,
        List<Node> leaves,
        long meaning,
        boolean opaque,
        boolean faulty) {
    /** Of a file that is not bound. */
    static final FileTrace NONE = new FileTrace(
            SortedInts.NONE,
            MethodHeads.NONE,
            List.of(),
            List.of(),
            SortedInts.NONE,
            ImportMap.NONE,
            Set.of(),
            Map.of(),
            List.of(),
            0,
            false,
            false);

    /** A type and its supertypes, by their simple names as written. */
    record DeclaredType(String name, List<String> supertypes) {}

    /** Whether the file's binding may depend on a type or package of one of these simple names, whether or not it is. */
    boolean dependsOn(Set<String> names) {
        return opaque || names.stream().anyMatch(name -> references.contains(name.hashCode()));
    }

    /** Whether something in the file could not be bound, so that other files' imports may matter to its names. */
    boolean missesTypes() {
        return faulty || leaves.stream().anyMatch(leaf -> leaf.kind() == NodeKind.UNRESOLVED);
    }

    /** The simple names of the file's types. */
    Stream<String> names() {
        return types.stream().map(DeclaredType::name);
    }

    /** What others see of a file's text: its tokens without those of bodies. */
    static String visible(String text, SortedInts bodies) {
        return visible(text, 0, text.length(), bodies);
    }

    /** The same of a stretch of the text, with the bodies that begin in it. */
    static String visible(String text, int from, int to, SortedInts bodies) {
        StringBuilder kept = new StringBuilder();
        int at = from;
        for (int i = bodies.firstFrom(from); i < bodies.size() && bodies.get(i) < to; i++) {
            boolean isBegin = i % 2 == 0;
            if (isBegin) {
                kept.append(text, at, bodies.get(i));
            }
            at = bodies.get(i | 1);
        }
        return at < to ? kept.append(text, at, to).toString() : kept.toString();
    }
}
