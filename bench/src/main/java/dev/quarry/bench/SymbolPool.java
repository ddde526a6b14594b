package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Names of real symbols as people write them in questions: types with two humps or more, and methods with their type.
 *
 * @param names sorted, so that those beside each other are alike
 */
record SymbolPool(List<String> names) {
    private static final int NEAR = 5;

    /** Copies the list. */
    SymbolPool {
        names = List.copyOf(names);
    }

    static SymbolPool of(GraphStore graph) {
        TreeSet<String> names = new TreeSet<>();
        graph.forEachNode(stamped -> {
            Node node = stamped.node();
            if (node.span().startLine() == 0
                    || Flags.has(node.flags(), Flags.TEST)
                    || Flags.has(node.flags(), Flags.IMPLICIT)) {
                return;
            }
            String owner = node.qualifiedName().substring(node.qualifiedName().lastIndexOf('.') + 1);
            if (node.kind() == NodeKind.METHOD && owner.indexOf('$') < 0) {
                names.add(owner.replace('#', '.'));
            } else if (node.kind().isType() && owner.indexOf('$') < 0 && owner.matches("[A-Z]\\w*[a-z]\\w*[A-Z]\\w*")) {
                names.add(owner);
            }
        });
        return new SymbolPool(new ArrayList<>(names));
    }

    String any(SplittableRandom random) {
        return names.get(random.nextInt(names.size()));
    }

    /** Another name that is alike: beside this one in the order of the alphabet. */
    String near(String name, SplittableRandom random) {
        int at = names.indexOf(name);
        int other = at + 1 + random.nextInt(NEAR);
        return names.get(other % names.size());
    }
}
