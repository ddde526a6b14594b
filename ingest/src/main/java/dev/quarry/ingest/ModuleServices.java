package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leads from classes to the services that module descriptors register them for, and from a descriptor to the services that
 * its module asks for ({@link EdgeKind#PROVIDES}). A service that nothing else in the repository names is left out.
 */
final class ModuleServices implements Derivation {
    private static final List<NodeKind> TYPES = List.of(
            NodeKind.INTERFACE,
            NodeKind.CLASS,
            NodeKind.RECORD,
            NodeKind.ENUM,
            NodeKind.ANNOTATION,
            NodeKind.JDK_TYPE,
            NodeKind.LIBRARY_TYPE,
            NodeKind.UNRESOLVED);

    private record Asked(NodeId descriptor, ModuleDescriptor.Service service) {}

    private final Map<String, ModuleDescriptor> descriptors;
    private final Set<NodeId> types = new HashSet<>();
    private final List<Asked> asked = new ArrayList<>();

    /** With the module descriptors, by the paths of their files. */
    ModuleServices(Map<String, ModuleDescriptor> descriptors) {
        this.descriptors = descriptors;
    }

    @Override
    public void file(FileFacts facts) {
        for (Node node : facts.nodes()) {
            if (node.kind().isType()) {
                types.add(node.id());
            }
        }
        ModuleDescriptor descriptor = descriptors.get(facts.file().path());
        if (descriptor != null) {
            descriptor.services.forEach(
                    service -> asked.add(new Asked(facts.file().id(), service)));
        }
    }

    @Override
    public DerivedFacts finish(SharedFacts shared) {
        if (asked.isEmpty()) {
            return DerivedFacts.NONE;
        }
        shared.nodes().forEach(node -> types.add(node.id()));
        List<Edge> edges = new ArrayList<>();
        for (Asked each : asked) {
            ModuleDescriptor.Service service = each.service();
            NodeId type = idOf(service.type());
            NodeId from = service.provider().isEmpty() ? each.descriptor() : idOf(service.provider());
            if (type != null && from != null) {
                boolean uses = service.provider().isEmpty();
                Sites sites = uses ? Sites.ofPacked(new int[] {service.site()}) : Sites.NONE;
                edges.add(new Edge(from, EdgeKind.PROVIDES, uses ? "uses" : "module", type, Found.COMPILER, sites, ""));
            }
        }
        return new DerivedFacts(List.of(), edges);
    }

    private @Nullable NodeId idOf(String name) {
        for (NodeKind kind : TYPES) {
            NodeId id = NodeId.of(kind, name, "");
            if (types.contains(id)) {
                return id;
            }
        }
        return null;
    }
}
