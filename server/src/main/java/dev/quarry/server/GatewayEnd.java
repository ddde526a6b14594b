package dev.quarry.server;

import dev.quarry.llm.ChatResult;
import dev.quarry.llm.Usage;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * How a reply ended.
 *
 * @param model the model that wrote it
 * @param status COMPLETE, TRUNCATED or FILTERED
 * @param stop the stop text at which the reply ended; empty if it ended otherwise, or that is not known
 * @param ground what the reply stands on, where Quarry gave the model its context
 */
record GatewayEnd(String model, ChatResult.Status status, Usage usage, String stop, Optional<JsonObject> ground) {
    /** The end of a model's reply. */
    static GatewayEnd of(String model, ChatResult result, Optional<JsonObject> ground) {
        return new GatewayEnd(model, result.status(), result.usage(), result.stop(), ground);
    }
}
