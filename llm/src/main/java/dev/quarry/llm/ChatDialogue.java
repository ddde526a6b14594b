package dev.quarry.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
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
            listener.whole(status, usage(response));
        }

        private static Optional<Usage> usage(ChatResponse response) {
            TokenUsage told = response.tokenUsage();
            return told == null || told.inputTokenCount() == null || told.outputTokenCount() == null
                    ? Optional.empty()
                    : Optional.of(new Usage(told.inputTokenCount(), told.outputTokenCount(), false));
        }

        @Override
        public void onError(Throwable cause) {
            listener.failed(cause);
        }
    }
}
