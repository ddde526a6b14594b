package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.schema.Edge;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a broken file still say what their author meant. An error in a body harms the member that holds it. An
 * error between declarations harms all from the last member on that may hold its cause, as a brace too few or too many
 * shows late; where lines are indented as usual, the brace that is not closed as it was opened tells the cause.
 */
final class Damage {
    private final Map<NodeId, Declared> declared = new HashMap<>();
    private final List<int[]> members = new ArrayList<>();
    private final SourceLines lines;
    private int structure;

    private Damage(Collection<Declared> all, String text) {
        all.forEach(each -> declared.put(each.id(), each));
        this.lines = SourceLines.of(text);
        this.structure = text.length();
    }

    /** The damage of a file that has syntax errors. */
    static Damage of(UnitErrors errors, Collection<Declared> declared, String text) {
        Damage damage = new Damage(declared, text);
        if (errors.inDeclarations().isEmpty() && errors.inBodies().isEmpty()) {
            damage.structure = 0;
        }
        if (!errors.inDeclarations().isEmpty()) {
            int seen = errors.inDeclarations().first();
            damage.structure = damage.lastMemberBefore(Math.min(seen, BraceLayout.firstMismatch(text)));
        }
        errors.inBodies().forEach(damage::inBody);
        return damage;
    }

    private static boolean isMember(Declared declared) {
        return switch (declared.kind()) {
            case METHOD, CONSTRUCTOR, FIELD, ENUM_CONSTANT, RECORD_COMPONENT -> declared.end() > declared.start();
            default -> false;
        };
    }

    /** Where the last member that begins before an offset does; the offset itself if none does. */
    private int lastMemberBefore(int offset) {
        int last = -1;
        for (Declared each : declared.values()) {
            if (isMember(each) && each.start() < offset) {
                last = Math.max(last, each.start());
            }
        }
        return last < 0 ? offset : last;
    }

    private void inBody(int offset) {
        boolean held = false;
        for (Declared each : declared.values()) {
            if (isMember(each) && each.start() <= offset && offset < each.end()) {
                members.add(new int[] {each.start(), each.end()});
                held = true;
            }
        }
        if (!held) {
            structure = Math.min(structure, lastMemberBefore(offset)); // in an initializer, which has no extent
        }
    }

    /** The edges, with those that the damage makes doubtful found {@link Found#SYNTAX}. */
    List<Edge> judge(List<Edge> edges) {
        List<Edge> judged = new ArrayList<>(edges.size());
        for (Edge edge : edges) {
            boolean doubtful = edge.found() == Found.COMPILER && isDoubtful(edge);
            judged.add(
                    doubtful
                            ? new Edge(
                                    edge.from(),
                                    edge.kind(),
                                    edge.role(),
                                    edge.to(),
                                    Found.SYNTAX,
                                    edge.sites(),
                                    edge.detail())
                            : edge);
        }
        return judged;
    }

    private boolean isDoubtful(Edge edge) {
        Declared from = declared.get(edge.from());
        if (from != null && (from.anchor() >= structure || (isMember(from) && isHarmed(from.start(), from.end())))) {
            return true;
        }
        Declared to = declared.get(edge.to());
        if (to != null && to.anchor() >= structure && to.kind() != NodeKind.INITIALIZER) {
            return true;
        }
        Sites sites = edge.sites();
        boolean sure = sites.count() == 0;
        for (int i = 0; i < sites.count() && !sure; i++) {
            int offset = lines.offset(sites.line(i), sites.column(i));
            sure = !isHarmed(offset, offset + 1);
        }
        return !sure;
    }

    private boolean isHarmed(int start, int end) {
        if (end > structure) {
            return true;
        }
        for (int[] member : members) {
            if (start < member[1] && end > member[0]) {
                return true;
            }
        }
        return false;
    }
}
