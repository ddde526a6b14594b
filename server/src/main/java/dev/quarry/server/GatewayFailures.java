package dev.quarry.server;

import dev.quarry.llm.Attempt;
import dev.quarry.llm.Attempt.Outcome;
import dev.quarry.llm.BackendHealth;
import dev.quarry.llm.ChatResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Says why no backend gave a whole reply, as a provider would say it. */
final class GatewayFailures {
    private static final long REST_SECONDS = 5;

    private GatewayFailures() {}

    /** The error of a request that ended with this result. */
    static WireError of(ChatResult result, List<BackendHealth> health) {
        if (result.status() == ChatResult.Status.BROKEN) {
            return WireError.of(502, result.detail());
        }
        if (result.attempts().isEmpty()) {
            return WireError.of(503, "no backend is configured: add one with 'quarry config'");
        }
        String tries = result.attempts().stream()
                .map(attempt -> "'" + attempt.backend() + "' " + attempt.detail())
                .distinct()
                .collect(Collectors.joining("; "));
        Optional<Attempt> last = last(result.attempts());
        int status = last.map(GatewayFailures::status).orElse(503);
        Map<String, String> headers =
                status == 429 || status == 503 ? Map.of("Retry-After", Long.toString(rest(health))) : Map.of();
        Optional<String> code = last.filter(attempt -> attempt.status() == status)
                .map(Attempt::code)
                .filter(word -> !word.isEmpty());
        return new WireError(status, result.detail() + ": " + tries, Optional.empty(), code, headers);
    }

    /** The last backend that was asked; what it may know better than those before it is not known here. */
    private static Optional<Attempt> last(List<Attempt> attempts) {
        return attempts.reversed().stream()
                .filter(attempt -> attempt.outcome() != Outcome.SKIPPED)
                .findFirst();
    }

    private static int status(Attempt attempt) {
        return switch (attempt.outcome()) {
            case RATE_LIMITED -> 429;
            case TIMED_OUT -> 504;
            case REFUSED -> isOurs(attempt.status()) ? 502 : attempt.status();
            case SKIPPED, CANCELLED -> 503;
            case ANSWERED, FAILED, BROKEN_OFF -> 502;
        };
    }

    /** Whether Quarry's configuration is to blame, and not what the client sent: key, address, model. */
    private static boolean isOurs(int status) {
        return switch (status) {
            case 400, 413, 422 -> false;
            default -> true;
        };
    }

    /** The seconds until the first backend may be asked again. */
    private static long rest(List<BackendHealth> health) {
        Instant now = Instant.now();
        OptionalLong known = health.stream()
                .flatMap(backend -> backend.restsUntil().stream())
                .mapToLong(until -> Math.max(1, Duration.between(now, until).toSeconds() + 1))
                .min();
        return known.orElse(REST_SECONDS);
    }
}
