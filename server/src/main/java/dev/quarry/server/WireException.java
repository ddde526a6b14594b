package dev.quarry.server;

/** Ends a request of a model's API with this error. It carries no stack trace: it is an answer, not a defect. */
final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WireError error;

    WireException(WireError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** A parameter is wrong. */
    static WireException parameter(String name, String problem) {
        return new WireException(WireError.parameter(name, "'" + name + "' " + problem));
    }

    WireError error() {
        return error;
    }
}
