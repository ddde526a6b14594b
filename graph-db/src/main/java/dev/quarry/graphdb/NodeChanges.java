package dev.quarry.graphdb;

import dev.quarry.graphdb.SymbolChange.Aspect;
import dev.quarry.schema.Edge;
import dev.quarry.schema.Node;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Tells in which respects nodes and edges differ. */
public final class NodeChanges {
    private NodeChanges() {}

    /** In which respects a node changed; moved lines are none. Nothing if it was and is not there. */
    public static Set<Aspect> of(Change<Node> change) {
        Node before = change.before();
        Node after = change.after();
        Set<Aspect> what = EnumSet.noneOf(Aspect.class);
        if (before == null && after != null) {
            what.add(Aspect.ADDED);
        } else if (before != null && after == null) {
            what.add(Aspect.REMOVED);
        } else if (before != null && after != null) {
            add(what, Aspect.CONTENT, before.content().equals(after.content()));
            add(
                    what,
                    Aspect.DECLARATION,
                    before.declaration().equals(after.declaration()) && before.flags() == after.flags());
            add(what, Aspect.DOC, Objects.equals(before.doc(), after.doc()));
            add(what, Aspect.PLACE, before.file().equals(after.file()));
            add(what, Aspect.DETAIL, before.detail().equals(after.detail()));
        }
        return what;
    }

    private static void add(Set<Aspect> what, Aspect aspect, boolean isSame) {
        if (!isSame) {
            what.add(aspect);
        }
    }

    /** Whether an edge came, went or says something else; that it is written elsewhere is no change. */
    public static boolean isChange(Change<Edge> change) {
        Edge before = change.before();
        Edge after = change.after();
        if (before == null || after == null) {
            return before != null || after != null;
        }
        return before.found() != after.found() || !before.detail().equals(after.detail());
    }
}
