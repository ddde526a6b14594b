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
 * @param ground what the reply stands on, where Quarry gave the model its context
 */
record GatewayEnd(String model, ChatResult.Status status, Usage usage, Optional<JsonObject> ground) {}
