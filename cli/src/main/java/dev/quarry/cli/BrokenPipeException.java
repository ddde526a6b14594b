package dev.quarry.cli;

/** Whoever read the answer has gone away, as {@code head} does when it has enough. */
final class BrokenPipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
