package dev.quarry.llm;

/** Who says a message of a conversation. */
public enum Role {
    /** Whoever runs the model: rules that the other messages cannot change. */
    SYSTEM,
    /** Whoever asks. */
    USER,
    /** The model. */
    ASSISTANT
}
