package dev.quarry.llm;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header in which a backend says how long it wants to be left alone: in seconds, or until a date. */
final class RetryAfter {
    private static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers) {
        return headers.firstValue("Retry-After").flatMap(value -> of(value.strip(), Instant.now()));
    }

    /** The wait that this value asks for; at most an hour, since a backend may be wrong about itself. */
    static Optional<Duration> of(String value, Instant now) {
        Duration wait;
        try {
            wait = Character.isDigit(value.isEmpty() ? ' ' : value.charAt(0))
                    ? Duration.ofMillis((long) (Double.parseDouble(value) * 1_000))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (NumberFormatException | DateTimeException unreadable) {
            return Optional.empty();
        }
        if (wait.isNegative()) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(wait.compareTo(MAX) > 0 ? MAX : wait);
    }
}
