package dev.quarry.mcp;

import dev.quarry.schema.QuarryException;
import dev.quarry.server.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts an answer together: what was found, hints, the cursor, and how current it is; once as a tree and once as text. */
final class Answers {
    private final Map<String, @Nullable Object> tree = Trees.object();
    private final StringBuilder text = new StringBuilder();
    private final List<String> hints = new ArrayList<>();

    /** A handler that asks the graph, and tells what users can cause as a failure of the call. */
    static Function<Arguments, ToolReply> asking(Graphs graphs, BiFunction<Backend, Arguments, Answers> question) {
        return arguments -> {
            try {
                return graphs.ask(backend -> question.apply(backend, arguments).reply(backend.standing()));
            } catch (QuarryException failure) {
                return ToolReply.failure(failure.code() + ": " + failure.getMessage());
            }
        };
    }

    /** Adds a member of the tree; null is left out. */
    Answers put(String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value);
        }
        return this;
    }

    /** Adds a line of the text. */
    Answers line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Adds what to ask next. */
    Answers hint(String hint) {
        hints.add(hint);
        return this;
    }

    /** Says that there is more. */
    Answers next(Optional<String> cursor) {
        cursor.ifPresent(value -> {
            tree.put("nextCursor", value);
            text.append("\nThere is more: call again with the same arguments and cursor=")
                    .append(value)
                    .append('\n');
        });
        return this;
    }

    private ToolReply reply(Backend.Standing standing) {
        if (!hints.isEmpty()) {
            tree.put("hints", List.copyOf(hints));
            text.append('\n');
            hints.forEach(hint -> text.append("Next: ").append(hint).append('\n'));
        }
        tree.put("standing", Standings.tree(standing));
        text.append('\n').append(Standings.sentence(standing));
        return ToolReply.of(text.toString(), tree);
    }
}
