package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Duplicates among what a store holds. What is computed is kept until the graph changes. Safe for use by several threads:
 * the first computes, the others wait for it.
 */
final class CloneSearch {
    /** How many files' texts are in memory at a time. */
    private static final int FILES = 256;

    /** How often a graph that changes while it is read is read again before the answer is given as it is. */
    private static final int ATTEMPTS = 3;

    private final StoreState state;
    private final GraphReads reads;
    private @Nullable CloneIndex index;
    private long reached = -1;

    CloneSearch(StoreState state, GraphReads reads) {
        this.state = state;
        this.reads = reads;
    }

    /** The index over the graph as it is now. */
    synchronized CloneIndex index() {
        CloneIndex current = index;
        for (int attempt = 0; current == null || (sequence() != reached && attempt < ATTEMPTS); attempt++) {
            reached = sequence();
            current = new CloneIndex(fragments());
            index = current;
        }
        return current;
    }

    private long sequence() {
        return state.number(Meta.SEQUENCE);
    }

    private List<Fragment> fragments() {
        Map<NodeId, List<Node>> byFile = new HashMap<>();
        reads.forEachNode(stamped -> {
            if (isCompared(stamped.node())) {
                byFile.computeIfAbsent(stamped.node().file(), _ -> new ArrayList<>())
                        .add(stamped.node());
            }
        });
        List<FileRecord> files = state.files().values().stream()
                .map(StoredFile::file)
                .filter(file -> byFile.containsKey(file.id()))
                .toList();
        List<Fragment> fragments = new ArrayList<>();
        for (int from = 0; from < files.size(); from += FILES) {
            List<FileRecord> part = files.subList(from, Math.min(files.size(), from + FILES));
            Map<ContentHash, String> texts =
                    reads.texts(part.stream().map(FileRecord::raw).distinct().toList());
            for (FileRecord file : part) {
                String text = texts.getOrDefault(file.raw(), "");
                byFile.getOrDefault(file.id(), List.of()).forEach(node -> addFragment(fragments, text, node));
            }
        }
        return fragments;
    }

    private static void addFragment(List<Fragment> fragments, String text, Node node) {
        int end = node.span().end();
        if (end <= text.length()) {
            int[] tokens = CodeTokens.of(text, node.span().start(), end);
            if (tokens.length >= CloneRequest.FEWEST_TOKENS) {
                fragments.add(new Fragment(node, tokens.length, Shingles.of(tokens)));
            }
        }
    }

    /** What people write and could write once: no generated code, and nothing that the language adds. */
    private static boolean isCompared(Node node) {
        boolean kind = node.kind().isType() || node.kind() == NodeKind.METHOD || node.kind() == NodeKind.CONSTRUCTOR;
        return kind
                && !Flags.has(node.flags(), Flags.IMPLICIT)
                && !Flags.has(node.flags(), Flags.GENERATED)
                && node.span().end() > node.span().start();
    }
}
