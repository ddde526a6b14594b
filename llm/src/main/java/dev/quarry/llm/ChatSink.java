package dev.quarry.llm;

/** Takes a reply while it comes. All calls are made by the thread that asked, in order. */
@FunctionalInterface
public interface ChatSink {
    /** A further part of the reply; never empty. */
    void text(String part);

    /** This backend's reply begins: all that follows is of it. */
    default void begins(BackendConfig backend) {}

    /** An attempt has ended, or a backend was passed over. */
    default void attempt(Attempt attempt) {}
}
