package dev.quarry.schema;

/** Why a call, an access or a name could not be bound; the detail of an {@link NodeKind#UNRESOLVED} leaf begins with it. */
public enum UnresolvedReason {
    /** Neither the repository nor the class path declares the type. */
    MISSING_TYPE("missing type"),
    /** The type of the expression that the member is asked of is not known. */
    RECEIVER_UNBOUND("receiver not bound"),
    /** The type is known and has no such member. */
    NO_SUCH_MEMBER("no such member"),
    /** An annotation processor makes the type, as its name says, and neither its sources nor its classes are there. */
    GENERATED("generated"),
    /** The text around it has syntax errors, so that only names are known. */
    SYNTAX("syntax"),
    /** Several members fit equally well. */
    AMBIGUOUS("ambiguous");

    private final String text;

    UnresolvedReason(String text) {
        this.text = text;
    }

    /**
     * The text of a leaf.
     *
     * @param about what the reason speaks of, such as the name of the type; may be empty
     */
    public String detail(String about) {
        return about.isEmpty() ? text : text + ": " + about;
    }

    /**
     * The reason that a leaf's text begins with.
     *
     * @throws IllegalArgumentException if it was not made by {@link #detail}
     */
    public static UnresolvedReason of(String detail) {
        for (UnresolvedReason reason : values()) {
            if (detail.equals(reason.text) || detail.startsWith(reason.text + ": ")) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason begins '" + detail + "'");
    }
}
