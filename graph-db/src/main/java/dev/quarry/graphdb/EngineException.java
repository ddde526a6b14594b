package dev.quarry.graphdb;

/** A failure as the engine reports it; {@link EngineFailures} says what it means for people. */
final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    EngineException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The engine's stable code, as {@code eval::timeout}; {@code engine} where it has none. */
    String code() {
        return code;
    }

    /** The engine's text, never null. */
    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
