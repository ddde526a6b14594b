package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Generic types with arguments, as receivers have them and as types name them above themselves. What lies below a receiver
 * of type {@code Gen<String>} is what lies below {@code Gen}, without what names {@code Gen<Integer>} above itself.
 *
 * <p>What a number stands for never changes, so that nothing has to be taken back.
 */
final class Parameterizations {
    private final Subtypes subtypes;
    private final Map<Integer, Receiver> receivers = new HashMap<>();
    private final Map<Integer, Set<Above>> named = new HashMap<>();

    private record Receiver(int generic, List<NodeId> arguments) {
        /** Two modules, or two edits, may have types of one name with different parameters. */
        boolean excludes(Above above) {
            NodeId own = above.position() < arguments.size() ? arguments.get(above.position()) : NodeId.NONE;
            return !own.equals(NodeId.NONE) && !own.equals(above.argument());
        }
    }

    /** The number of what stands for all types that name this argument of a generic type above themselves. */
    private record Above(int position, NodeId argument, int number) {}

    Parameterizations(Subtypes subtypes) {
        this.subtypes = subtypes;
    }

    /** The id that stands for a generic type with these arguments. */
    static NodeId id(NodeId generic, List<NodeId> arguments) {
        return NodeId.of(NodeKind.CLASS, generic + "<" + arguments, "");
    }

    /** Notes what is known of a file's types and receivers, or takes it back. */
    void notes(CallNotes notes, boolean comes) {
        for (CallNotes.Generic each : notes.generics) {
            receivers.put(subtypes.number(each.id()), new Receiver(subtypes.number(each.generic()), each.arguments()));
        }
        for (CallNotes.Above each : notes.above) {
            CallNotes.Generic above = each.above();
            for (int i = 0; i < above.arguments().size(); i++) {
                NodeId argument = above.arguments().get(i);
                if (!argument.equals(NodeId.NONE)) {
                    NodeId one = NodeId.of(NodeKind.CLASS, above.generic() + "<" + i + "=" + argument, "");
                    subtypes.note(each.type(), one, comes);
                    named.computeIfAbsent(subtypes.number(above.generic()), _ -> new HashSet<>())
                            .add(new Above(i, argument, subtypes.number(one)));
                }
            }
        }
    }

    /** The type without its arguments. */
    int generic(int type) {
        Receiver receiver = receivers.get(type);
        return receiver == null ? type : receiver.generic();
    }

    /** What a receiver of this type can be: the type itself and all below it that have no other arguments for it. */
    BitSet below(int type) {
        Receiver receiver = receivers.get(type);
        if (receiver == null) {
            return subtypes.of(type);
        }
        BitSet others = new BitSet();
        for (Above above : named.getOrDefault(receiver.generic(), Set.of())) {
            if (receiver.excludes(above)) {
                others.set(above.number());
            }
        }
        BitSet below = subtypes.of(receiver.generic());
        below.andNot(subtypes.of(others));
        return below;
    }

    /** Those of the receivers' types with arguments that one of these types bears on. */
    List<Integer> on(BitSet types) {
        Set<Integer> generics = new HashSet<>();
        named.forEach((generic, all) -> {
            if (all.stream().anyMatch(above -> types.get(above.number()))) {
                generics.add(generic);
            }
        });
        List<Integer> found = new ArrayList<>();
        receivers.forEach((number, receiver) -> {
            if (types.get(receiver.generic()) || generics.contains(receiver.generic())) {
                found.add(number);
            }
        });
        return found;
    }
}
