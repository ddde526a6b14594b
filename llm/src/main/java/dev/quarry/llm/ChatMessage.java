package dev.quarry.llm;

/** One message of a conversation. */
public record ChatMessage(Role role, String text) {
    /** Rules for the model. */
    public static ChatMessage system(String text) {
        return new ChatMessage(Role.SYSTEM, text);
    }

    /** What is asked. */
    public static ChatMessage user(String text) {
        return new ChatMessage(Role.USER, text);
    }

    /** What the model said. */
    public static ChatMessage assistant(String text) {
        return new ChatMessage(Role.ASSISTANT, text);
    }
}
