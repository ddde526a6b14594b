package dev.quarry.ingest;

import java.util.List;
import java.util.Map;

/**
 * A type as a declaration names it.
 *
 * @param name the binary name; of an array that of its elements with {@code []}; of a variable its own; {@code ?} for a
 *     wildcard without upper bound, else the bound's
 * @param arguments the type arguments
 */
record TypeName(String name, List<TypeName> arguments, Form form) {
    /** The type of what returns nothing. */
    static final TypeName VOID = plain("void");

    /** What the name is. */
    enum Form {
        PLAIN,
        VARIABLE,
        WILDCARD
    }

    TypeName {
        arguments = List.copyOf(arguments);
    }

    static TypeName plain(String name) {
        return new TypeName(name, List.of(), Form.PLAIN);
    }

    boolean isArray() {
        return name.endsWith("[]");
    }

    /** The type of an array's elements. */
    TypeName element() {
        return new TypeName(name.substring(0, name.length() - 2), arguments, form);
    }

    /** The type argument at an index; a wildcard where there is none. */
    TypeName argument(int index) {
        return index < arguments.size() ? arguments.get(index) : new TypeName("?", List.of(), Form.WILDCARD);
    }

    /** This type with variables replaced by what they stand for. */
    TypeName with(Map<String, TypeName> variables) {
        if (form == Form.VARIABLE) {
            return variables.getOrDefault(name, this);
        }
        return arguments.isEmpty() || variables.isEmpty()
                ? this
                : new TypeName(
                        name,
                        arguments.stream().map(each -> each.with(variables)).toList(),
                        form);
    }

    /** As people write it, with binary names. */
    String text() {
        String shown = form == Form.WILDCARD && !name.equals("?") ? "? extends " + name : name;
        return arguments.isEmpty()
                ? shown
                : shown + "<"
                        + String.join(
                                ",", arguments.stream().map(TypeName::text).toList()) + ">";
    }
}
