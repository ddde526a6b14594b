package dev.quarry.schema;

import org.jspecify.annotations.Nullable;

/** Something that cannot be done, said so that a person can mend it: the message names the input and the remedy. */
public final class QuarryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** A failure of this class. */
    public QuarryException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** A failure of this class with what led to it. */
    public QuarryException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The class of failure; decides the HTTP status and the exit code. */
    public ErrorCode code() {
        return code;
    }
}
