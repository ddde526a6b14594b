package dev.quarry.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void of_secondsDatesAndNonsense_areWaitsOrNothing() {
        assertThat(RetryAfter.of("7", NOW)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.of("0.5", NOW)).contains(Duration.ofMillis(500));
        assertThat(RetryAfter.of("Tue, 01 Jan 2030 00:00:30 GMT", NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Mon, 31 Dec 2029 00:00:00 GMT", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.of("999999", NOW)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.of("soon", NOW)).isEmpty();
        assertThat(RetryAfter.of("", NOW)).isEmpty();
    }
}
