package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * Why a request has no answer (RFC 9457).
 *
 * @param status the HTTP status
 * @param detail what is wrong with which input, and what helps
 * @param extension writes further members
 * @param headers to be sent with it
 */
record Problem(int status, ErrorCode code, String detail, JsonBody extension, Map<String, String> headers) {
    private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "1");

    /** A problem without further members. */
    static Problem of(int status, ErrorCode code, String detail) {
        return new Problem(status, code, detail, JsonBody.NONE, Map.of());
    }

    /** What the code's status and the message say. */
    static Problem of(QuarryException e) {
        return of(statusOf(e.code()), e.code(), String.valueOf(e.getMessage()));
    }

    /** The server has as much to do as it takes on. */
    static Problem overloaded(String detail) {
        return new Problem(429, ErrorCode.LIMIT, detail, JsonBody.NONE, RETRY_SOON);
    }

    /** The server cannot answer now. */
    static Problem unavailable(ErrorCode code, String detail) {
        return new Problem(503, code, detail, JsonBody.NONE, RETRY_SOON);
    }

    /** The caller has not shown the token. */
    static Problem unauthorized(String detail) {
        return new Problem(
                401,
                ErrorCode.UNAUTHORIZED,
                detail,
                JsonBody.NONE,
                Map.of("WWW-Authenticate", "Bearer realm=\"quarry\""));
    }

    /** A defect, found in the log by the incident's name. */
    static Problem internal(String incident) {
        return new Problem(
                500,
                ErrorCode.INTERNAL,
                "Quarry has a defect; the server's log tells more at incident " + incident
                        + ": report it with that part",
                out -> out.writeStringField("incident", incident),
                Map.of());
    }

    /** The status of a failure of this class, where nothing more particular is known. */
    static int statusOf(ErrorCode code) {
        return switch (code) {
            case BAD_INPUT -> 400;
            case UNAUTHORIZED -> 401;
            case NOT_FOUND -> 404;
            case AMBIGUOUS, BUSY -> 409;
            case LIMIT -> 422;
            case INTERNAL -> 500;
            case UNREACHABLE -> 502;
            case STORE_TOO_NEW, STORE_DAMAGED, MODEL_REFUSED -> 503;
            case STORAGE -> 507;
        };
    }

    /** The reply that tells the problem of a request to this path. */
    Reply toReply(String instance) {
        byte[] body = JsonBody.object(out -> {
            Render.members(out, ProblemDocument.of(status, code, detail));
            out.writeStringField("instance", instance);
            extension.write(out);
        });
        return new Reply(status, Reply.PROBLEM_JSON, Buffer.buffer(body), headers);
    }
}
