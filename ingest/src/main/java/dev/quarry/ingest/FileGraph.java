package dev.quarry.ingest;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import dev.quarry.schema.UnresolvedReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what one file declares and where its edges lead. */
final class FileGraph {
    private final SourceFile source;
    private final UnitErrors errors;
    private final NodeId fileId;
    private final SourceLines lines;
    private final Map<NodeId, BoundFile.Declared> declared = new LinkedHashMap<>();
    private final Map<NodeId, EdgeSet> edges = new LinkedHashMap<>();
    private final int[] callSites = new int[4];
    private final Set<Integer> callOffsets;
    private final boolean broken;
    private final Map<UnresolvedReason, Integer> unresolved = new EnumMap<>(UnresolvedReason.class);
    private final CallNotes notes = new CallNotes();
    private String problem = "";

    /** With {@code broken} it notes where calls were met, for what looks for those that were not. */
    FileGraph(EcjUnit unit, boolean broken) {
        this.errors = unit.errors();
        this.source = unit.source();
        this.callOffsets = broken ? new HashSet<>() : Set.of();
        this.broken = broken;
        this.fileId = NodeId.of(NodeKind.FILE, source.path(), "");
        this.lines = SourceLines.of(source.text());
    }

    NodeId fileId() {
        return fileId;
    }

    /** What the compiler found wrong in the file. */
    UnitErrors errors() {
        return errors;
    }

    /** Takes what is known of calls besides their edges. */
    CallNotes notes() {
        return notes;
    }

    /** The file's path below the repository's root. */
    String path() {
        return source.path();
    }

    String text() {
        return source.text();
    }

    /** What is declared so far. */
    Collection<BoundFile.Declared> declarations() {
        return List.copyOf(declared.values());
    }

    boolean has(NodeId id) {
        return declared.containsKey(id);
    }

    /** Notes a call that binding met, whether or not it has a target. */
    void sawCall(int offset) {
        if (broken) {
            callOffsets.add(offset);
        }
    }

    boolean hasCallAt(int offset) {
        return callOffsets.contains(offset);
    }

    /** Adds a declaration; of two with one identity the first stays. */
    boolean declare(BoundFile.Declared declaration) {
        return declared.putIfAbsent(declaration.id(), declaration) == null;
    }

    /** Adds a member with the edge from its owner; of two with one identity the first stays. */
    boolean declareMember(BoundFile.Declared member) {
        boolean added = declare(member);
        if (added) {
            contain(EdgeKind.DECLARES, member.owner(), member.id(), member.anchor());
        }
        return added;
    }

    /** The edges that start at a node. */
    EdgeSet edgesOf(NodeId from) {
        return edges.computeIfAbsent(from, _ -> new EdgeSet());
    }

    /** The place of an offset, in the form of {@link Sites#pack}. */
    int site(int offset) {
        int line = lines.line(Math.max(0, offset));
        return Sites.pack(line, offset - lines.offset(line, 1) + 1);
    }

    /** Counts a call site by where it leads; null is a member of an anonymous class, which has no node. */
    void countCall(@Nullable Target target) {
        if (target == null) {
            callSites[0]++;
            return;
        }
        switch (target.kind()) {
            case LIBRARY_METHOD -> callSites[1]++;
            case JDK_METHOD -> callSites[2]++;
            case UNRESOLVED -> {
                callSites[3]++;
                unresolved.merge(UnresolvedReason.of(detail(target)), 1, Integer::sum);
            }
            default -> callSites[0]++;
        }
    }

    private static String detail(Target target) {
        return Objects.requireNonNull(target.leaf(), "an unresolved target is a leaf")
                .detail();
    }

    /** Notes the first thing that is wrong. */
    void problem(int offset, String message) {
        if (problem.isEmpty()) {
            problem = "line " + lines.line(Math.max(0, offset)) + ": " + message;
        }
    }

    /** The structural edge from one declaration to another. */
    void contain(EdgeKind kind, NodeId from, NodeId to, int offset) {
        edgesOf(from).add(kind, "", to, Found.COMPILER, site(offset), "");
    }

    BoundFile finish(String packageName, String crash, boolean syntaxErrors) {
        List<Edge> all = new ArrayList<>();
        edges.forEach((from, set) -> {
            if (from.equals(fileId) || declared.containsKey(from)) {
                set.emit(from, all);
                set.held().forEach(code -> notes.code.add(new CallNotes.Held(code, from)));
            }
        });
        Coverage coverage = new Coverage(callSites[0], callSites[1], callSites[2], callSites[3], unresolved);
        return new BoundFile(
                source,
                packageName,
                List.copyOf(declared.values()),
                syntaxErrors
                        ? Damage.of(errors, declared.values(), source.text()).judge(all)
                        : all,
                coverage,
                notes,
                problem.isEmpty() ? crash : problem,
                syntaxErrors);
    }
}
