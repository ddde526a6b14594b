package dev.quarry.cli;

/** The arguments do not fit the command; the message says what is wrong and what would be right. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
