package dev.quarry.server;

import io.vertx.core.json.JsonObject;

/** Writes one reply in a wire format, as events (server-sent, whole lines) or as a document. */
interface WireReply {
    /** The events with which a stream begins. */
    String begin(String model);

    /** A further part of the text. */
    String part(String text);

    /** The events with which a whole reply ends. */
    String end(GatewayEnd end);

    /** The event that ends a stream which broke off. */
    String failure(WireError error);

    /** Says nothing, but keeps the connection open. */
    String beat();

    /** The whole reply as one document. */
    JsonObject document(String text, GatewayEnd end);
}
