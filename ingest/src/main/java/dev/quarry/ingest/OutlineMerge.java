package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.ingest.Outline.Call;
import dev.quarry.ingest.Outline.Part;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.UnresolvedReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the graph of a broken file what its outline has and the compiler lost: declarations, and calls by name.
 *
 * <p>What the compiler knows stays as it is. A call that it did not see leads to a leaf: a name alone binds nothing. Members
 * of local classes that it lost belong to the code around them.
 */
final class OutlineMerge {
    private final FileGraph graph;
    private final Bindings bindings;
    private final OutlineTypes types;
    private final DuplicateTypes duplicates;
    private final String packageName;
    private final Map<Integer, Declared> known = new HashMap<>();
    private final Map<String, List<NodeId>> constructors = new HashMap<>();

    /** A part of the outline in its place: which declaration its code belongs to, null for none. */
    private record Place(
            Part part, @Nullable Place outer, @Nullable Declared declared) {
        /** The innermost type that has a node. */
        @Nullable
        Declared type() {
            for (Place place = this; place != null; place = place.outer) {
                if (place.declared != null && place.part.isType()) {
                    return place.declared;
                }
            }
            return null;
        }
    }

    OutlineMerge(
            FileGraph graph, Bindings bindings, OutlineTypes types, DuplicateTypes duplicates, String packageName) {
        this.graph = graph;
        this.bindings = bindings;
        this.types = types;
        this.duplicates = duplicates;
        this.packageName = packageName;
        for (Declared declared : graph.declarations()) {
            if (!Flags.has(declared.flags(), Flags.IMPLICIT) && declared.kind() != NodeKind.INITIALIZER) {
                known.putIfAbsent(declared.anchor(), declared);
            }
        }
    }

    void merge(Outline outline) {
        List<Place> places = places(outline.parts());
        for (Declared declared : graph.declarations()) {
            if (declared.kind() == NodeKind.CONSTRUCTOR) {
                String type = declared.qualifiedName()
                        .substring(0, declared.qualifiedName().lastIndexOf('#'));
                constructors.computeIfAbsent(type, _ -> new ArrayList<>()).add(declared.id());
            }
        }
        List<Call> calls = new ArrayList<>(outline.calls());
        calls.sort(Comparator.comparingInt(Call::site));
        Deque<Place> open = new ArrayDeque<>();
        int next = 0;
        for (Call call : calls) {
            while (next < places.size() && places.get(next).part.start() <= call.site()) {
                open.push(places.get(next++));
            }
            open.removeIf(place -> place.part.end() <= call.site());
            if (!open.isEmpty() && !graph.hasCallAt(call.site())) {
                add(call, open.peek());
            }
        }
    }

    // Declarations

    private List<Place> places(List<Part> parts) {
        List<Place> places = new ArrayList<>();
        Deque<Place> open = new ArrayDeque<>();
        for (Part part : parts) {
            while (!open.isEmpty() && open.peek().part.end() <= part.start()) {
                open.pop();
            }
            Place place = new Place(part, open.peek(), declared(part, open.peek()));
            open.push(place);
            places.add(place);
        }
        return places;
    }

    private @Nullable Declared declared(Part part, @Nullable Place outer) {
        if (part.kind() == null || part.kind() == NodeKind.INITIALIZER) {
            return null;
        }
        Declared bound = known.get(part.anchor());
        if (bound != null) {
            return bound;
        }
        if (outer == null) {
            return part.isType() ? topLevel(part) : null;
        }
        Declared owner = outer.declared;
        return owner != null && outer.part.isType() ? member(part, owner, outer) : null;
    }

    private @Nullable Declared topLevel(Part part) {
        String name = packageName.isEmpty() ? part.name() : packageName + "." + part.name();
        if (!duplicates.claim(name, graph.path())) {
            return null;
        }
        String prefixed = bindings.names().prefix(name, graph.path()) + name;
        return declare(part, prefixed, "", NodeId.NONE, graph.fileId(), EdgeKind.CONTAINS);
    }

    private @Nullable Declared member(Part part, Declared owner, Place outer) {
        if (part.isType()) {
            String name = owner.qualifiedName() + "$" + part.name();
            return declare(part, name, "", owner.id(), owner.id(), EdgeKind.DECLARES);
        }
        boolean constructor = part.kind() == NodeKind.CONSTRUCTOR;
        if (constructor && !part.name().equals(owner.name())) {
            return null;
        }
        boolean callable = constructor || part.kind() == NodeKind.METHOD;
        String generics = part.typeParameters() + outer.part.typeParameters();
        String signature = callable ? types.signature(part.parameters(), generics, owner.qualifiedName()) : "";
        String name = owner.qualifiedName() + "#" + (constructor ? "<init>" : part.name());
        return declare(part, name, signature, owner.id(), owner.id(), EdgeKind.DECLARES);
    }

    private @Nullable Declared declare(
            Part part, String qualifiedName, String signature, NodeId owner, NodeId around, EdgeKind structure) {
        NodeKind kind = part.kind();
        if (kind == null) {
            return null;
        }
        Declared declared = new Declared(
                NodeId.of(kind, qualifiedName, signature),
                kind,
                kind == NodeKind.CONSTRUCTOR ? "<init>" : part.name(),
                qualifiedName,
                signature,
                owner,
                part.anchor(),
                part.start(),
                part.end(),
                TypeText.modifiers(beforeName(part)),
                "",
                List.of());
        if (!graph.declare(declared)) {
            return null;
        }
        graph.edgesOf(around).add(structure, "", declared.id(), Found.SYNTAX, graph.site(part.anchor()), "");
        return declared;
    }

    private String beforeName(Part part) {
        return graph.text().substring(part.start(), Math.max(part.start(), part.anchor()));
    }

    // Calls

    private void add(Call call, Place place) {
        List<NodeId> hosts = hosts(place);
        if (hosts.isEmpty()) {
            return;
        }
        Target target = target(call, place.type());
        String role = call.creates() ? "new" : "virtual";
        for (NodeId host : hosts) {
            graph.edgesOf(host).add(EdgeKind.CALLS, role, target.id(), Found.SYNTAX, graph.site(call.site()), "");
        }
        graph.countCall(target);
    }

    private Target target(Call call, @Nullable Declared from) {
        if (!call.creates()) {
            return bindings.unresolved("", call.name(), UnresolvedReason.SYNTAX);
        }
        String type = types.name(call.name(), from == null ? "" : from.qualifiedName());
        return bindings.unresolved(type, "<init>", UnresolvedReason.SYNTAX);
    }

    /** The declarations whose code a place holds: initializers of instances belong to each constructor. */
    private List<NodeId> hosts(Place from) {
        for (Place place = from; place != null; place = place.outer) {
            NodeKind kind = place.part.kind();
            Declared declared = place.declared;
            if (declared != null && (kind == NodeKind.METHOD || kind == NodeKind.CONSTRUCTOR)) {
                return List.of(declared.id());
            }
            Declared type = place.type();
            if (type != null && runsOnce(place.part)) {
                NodeId initializer = NodeId.of(NodeKind.INITIALIZER, type.qualifiedName() + "#<clinit>", "()");
                return graph.has(initializer) ? List.of(initializer) : List.of(type.id());
            }
            if (declared != null && place.part.isType()) {
                return constructors.getOrDefault(declared.qualifiedName(), List.of(declared.id()));
            }
        }
        return List.of();
    }

    private boolean runsOnce(Part part) {
        if (part.kind() == NodeKind.FIELD) {
            return TypeText.words(beforeName(part)).contains("static");
        }
        return part.kind() == NodeKind.INITIALIZER || part.kind() == NodeKind.ENUM_CONSTANT;
    }
}
