package dev.quarry.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.model.anthropic.AnthropicChatResponseMetadata;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.util.Optional;

/** A conversation, told to each backend in the wire format that it speaks. */
record ChatDialogue(ChatRequest request) implements Dialogue {
    @Override
    public void send(BackendConfig backend, Optional<String> key, HttpExchange http, Listener listener) {
        Models.of(backend, key, http).chat(Models.request(backend, request), new Handler(listener));
        // Unless the model has said that its reply is whole.
        listener.cut();
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public Usage estimate(String reply) {
        return TokenEstimate.of(request, reply);
    }

    private record Handler(Listener listener) implements StreamingChatResponseHandler {
        private static final JsonFactory JSON = new JsonFactory();

        @Override
        public void onPartialResponse(String part) {
            listener.text(part);
        }

        @Override
        public void onPartialThinking(PartialThinking thought) {
            listener.alive();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            FinishReason reason = response.finishReason();
            if (reason == null) {
                listener.cut();
                return;
            }
            ChatResult.Status status = switch (reason) {
                case LENGTH -> ChatResult.Status.TRUNCATED;
                case CONTENT_FILTER -> ChatResult.Status.FILTERED;
                case STOP, TOOL_EXECUTION, OTHER -> ChatResult.Status.COMPLETE;
            };
            listener.whole(status, usage(response), stop(response));
        }

        private static Optional<Usage> usage(ChatResponse response) {
            TokenUsage told = response.tokenUsage();
            return told == null || told.inputTokenCount() == null || told.outputTokenCount() == null
                    ? Optional.empty()
                    : Optional.of(new Usage(told.inputTokenCount(), told.outputTokenCount(), false));
        }

        /** Of the wire formats Anthropic's alone says which stop text it was, and the library leaves that in the events. */
        private static String stop(ChatResponse response) {
            if (!(response.metadata() instanceof AnthropicChatResponseMetadata metadata)
                    || metadata.rawServerSentEvents() == null) {
                return "";
            }
            return metadata.rawServerSentEvents().stream()
                    .filter(event -> "message_delta".equals(event.event()))
                    .map(event -> stop(event.data()))
                    .reduce("", (_, last) -> last);
        }

        private static String stop(String event) {
            try (JsonParser parser = JSON.createParser(event)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && "stop_sequence".equals(parser.currentName())) {
                        return parser.getText();
                    }
                }
            } catch (IOException malformed) {
                // The library has read it otherwise.
            }
            return "";
        }

        @Override
        public void onError(Throwable cause) {
            listener.failed(cause);
        }
    }
}
