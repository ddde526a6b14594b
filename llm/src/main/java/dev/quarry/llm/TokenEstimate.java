package dev.quarry.llm;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts tokens where a backend does not tell, by the vocabulary {@code o200k_base}, whatever the model's own is. */
final class TokenEstimate {
    private TokenEstimate() {}

    /** Loading the vocabulary takes a while: only when something is counted. */
    private static final class Holder {
        private static final Encoding ENCODING =
                Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    static Usage of(ChatRequest request, String reply) {
        int input = 0;
        for (ChatMessage message : request.messages()) {
            input += Holder.ENCODING.countTokensOrdinary(message.text());
        }
        return new Usage(input, Holder.ENCODING.countTokensOrdinary(reply), true);
    }
}
