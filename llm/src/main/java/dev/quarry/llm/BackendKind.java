package dev.quarry.llm;

import java.util.Locale;
import java.util.Optional;

/** The wire formats that backends speak. */
public enum BackendKind {
    /** OpenAI's chat completions, which llama.cpp, vLLM and many others speak too. */
    OPENAI("https://api.openai.com/v1"),
    /** Anthropic's messages. */
    ANTHROPIC("https://api.anthropic.com/v1"),
    /** Ollama's own chat. */
    OLLAMA("http://127.0.0.1:11434");

    private final String defaultUrl;

    BackendKind(String defaultUrl) {
        this.defaultUrl = defaultUrl;
    }

    /** Where it is unless the configuration names another place. */
    public String defaultUrl() {
        return defaultUrl;
    }

    /** As the configuration spells it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind that the configuration spells so. */
    public static Optional<BackendKind> of(String key) {
        for (BackendKind kind : values()) {
            if (kind.key().equals(key)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
