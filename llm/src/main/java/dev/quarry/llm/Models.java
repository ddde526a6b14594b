package dev.quarry.llm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.Optional;

/** The library's models and messages for ours. */
final class Models {
    /** Its newer models take the limit of tokens by another name than everybody else's. */
    private static final String OPENAI_HOST = "api.openai.com";

    private Models() {}

    /** The model of a backend, sending its requests over {@code http}; its thoughts are told, as signs of life. */
    static StreamingChatModel of(BackendConfig backend, Optional<String> key, HttpClientBuilder http) {
        return switch (backend.kind()) {
            case OPENAI -> {
                OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(backend.url().toString())
                        .modelName(backend.model())
                        .returnThinking(true);
                key.ifPresent(builder::apiKey);
                yield builder.build();
            }
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(backend.url().toString())
                        .modelName(backend.model())
                        .apiKey(key.orElse("none"))
                        .returnThinking(true)
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(backend.url().toString())
                        .modelName(backend.model())
                        .returnThinking(true)
                        .build();
        };
    }

    /** The request as the library wants it. */
    static dev.langchain4j.model.chat.request.ChatRequest request(BackendConfig backend, ChatRequest request) {
        return dev.langchain4j.model.chat.request.ChatRequest.builder()
                .messages(request.messages().stream().map(Models::message).toList())
                .parameters(parameters(backend, request))
                .build();
    }

    private static ChatRequestParameters parameters(BackendConfig backend, ChatRequest request) {
        int tokens =
                Math.min(backend.maxOutputTokens(), request.maxOutputTokens().orElse(backend.maxOutputTokens()));
        Double temperature =
                request.temperature().isPresent() ? request.temperature().getAsDouble() : null;
        Double topP = request.topP().isPresent() ? request.topP().getAsDouble() : null;
        List<String> stop = request.stop().isEmpty() ? null : request.stop();
        return OPENAI_HOST.equals(backend.url().getHost())
                ? OpenAiChatRequestParameters.builder()
                        .maxCompletionTokens(tokens)
                        .temperature(temperature)
                        .topP(topP)
                        .stopSequences(stop)
                        .build()
                : ChatRequestParameters.builder()
                        .maxOutputTokens(tokens)
                        .temperature(temperature)
                        .topP(topP)
                        .stopSequences(stop)
                        .build();
    }

    private static dev.langchain4j.data.message.ChatMessage message(ChatMessage message) {
        return switch (message.role()) {
            case SYSTEM -> SystemMessage.from(message.text());
            case USER -> UserMessage.from(message.text());
            case ASSISTANT -> AiMessage.from(message.text());
        };
    }
}
