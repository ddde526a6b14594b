package dev.quarry.server;

import java.util.Optional;
import java.util.function.Function;

/**
 * A protocol of its own at one path of the server, beside the operations of the contract: JSON messages are posted there,
 * and each has one answer. What every request must show and may use is checked before a message comes here.
 */
public interface MessageEndpoint {
    /** The path, {@code /name}. */
    String path();

    /**
     * Answers a message. Called by several threads, which it may block.
     *
     * @param message the request's body
     * @param header the value of the request's header of this name
     */
    Answer answer(String message, Function<String, Optional<String>> header);

    /** An HTTP status and a JSON document; an empty body for none. */
    record Answer(int status, String body) {}
}
