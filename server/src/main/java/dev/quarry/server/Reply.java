package dev.quarry.server;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** An answer, ready to be sent. */
record Reply(int status, String contentType, Buffer body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    static final String PROBLEM_JSON = "application/problem+json";

    /** 200 with a JSON object of these members. */
    static Reply ok(JsonBody members) {
        return json(200, members, Map.of());
    }

    /** A JSON object of these members. */
    static Reply json(int status, JsonBody members, Map<String, String> headers) {
        return new Reply(status, JSON, Buffer.buffer(JsonBody.object(members)), headers);
    }
}
