package dev.quarry.ingest;

import dev.quarry.schema.NodeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the error-tolerant parser saw of a broken file. Offsets are UTF-16 units.
 *
 * @param packageName empty where none could be read
 * @param parts declarations and bodies, in the order of the text, each after the one around it
 * @param calls in no order
 */
record Outline(String packageName, List<Part> parts, List<Call> calls) {
    Outline {
        parts = List.copyOf(parts);
        calls = List.copyOf(calls);
    }

    /**
     * A declaration, or the body of an anonymous class.
     *
     * @param kind null for anonymous classes
     * @param anchor where the name begins; where the part begins for what has none
     * @param parameters the parameters as written, with parentheses; empty where there are none
     * @param typeParameters as written, with angle brackets; empty where there are none
     */
    record Part(
            @Nullable NodeKind kind,
            String name,
            int anchor,
            int start,
            int end,
            String parameters,
            String typeParameters) {
        boolean isType() {
            return kind != null
                    && switch (kind) {
                        case CLASS, INTERFACE, ENUM, RECORD, ANNOTATION -> true;
                        default -> false;
                    };
        }
    }

    /**
     * A call of a method, or of a constructor by {@code new}.
     *
     * @param name of the method; of the type where {@code creates}
     * @param site where the method's name begins; where {@code new} stands
     */
    record Call(boolean creates, String name, int site) {}
}
