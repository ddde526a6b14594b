package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.time.Duration;

/**
 * What one request, and all requests together, may use of the server.
 *
 * @param maxBodyBytes the largest request body; a larger one is answered with 413
 * @param maxQueuedRequests how many requests may wait for a thread; one more is answered with 429
 * @param maxStreams how many event streams may be open; one more is answered with 429
 * @param requestTime after which a request is answered with 503 (408 while its body has not come whole)
 * @param idleTime after which a connection is closed that brings no request, or whose client takes nothing of an answer
 * @param queryTime the longest that a script may run
 * @param maxQueryRows the most rows that a script may return
 * @param maxDepth the farthest that a traversal may go
 * @param maxRows the most rows that a traversal or a search may return
 * @param maxTokens the largest budget of a packed context
 */
public record ServerLimits(
        int maxBodyBytes,
        int maxQueuedRequests,
        int maxStreams,
        Duration requestTime,
        Duration idleTime,
        Duration queryTime,
        int maxQueryRows,
        int maxDepth,
        int maxRows,
        int maxTokens) {
    /** Limits that suit one person or team on one machine. */
    public static final ServerLimits DEFAULT = new ServerLimits(
            1 << 20,
            64,
            32,
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(10),
            10_000,
            64,
            5_000,
            200_000);

    /** Rejects limits that let nothing through. */
    public ServerLimits {
        atLeastOne("maxBodyBytes", maxBodyBytes);
        atLeastOne("maxQueuedRequests", maxQueuedRequests);
        atLeastOne("maxStreams", maxStreams);
        atLeastOne("maxQueryRows", maxQueryRows);
        atLeastOne("maxDepth", maxDepth);
        atLeastOne("maxRows", maxRows);
        atLeastOne("maxTokens", maxTokens);
        atLeastOne("requestTime (milliseconds)", requestTime.toMillis());
        atLeastOne("idleTime (milliseconds)", idleTime.toMillis());
        atLeastOne("queryTime (milliseconds)", queryTime.toMillis());
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the server's limit " + name + " is " + value + "; it must be at least 1");
        }
    }
}
