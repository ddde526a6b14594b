package dev.quarry.llm;

import dev.quarry.llm.Attempt.Outcome;
import dev.quarry.llm.BackendHealth.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Keeps how a backend does, and decides whether it is asked. Safe for use by several threads. */
final class Health {
    private static final int WINDOW = 16;
    private static final int CALLS_MIN = 3;
    private static final int LATENCIES = 64;
    private static final float FAILURE_PERCENT_MAX = 50;
    private static final Duration REST_MIN = Duration.ofSeconds(5);
    private static final Duration REST_MAX = Duration.ofMinutes(2);
    private static final double REST_GROWTH = 2;
    private static final double REST_JITTER = 0.3;

    private final BackendConfig backend;
    private final CircuitBreaker breaker;
    private final Deque<Long> latencies = new ArrayDeque<>();
    private String lastFailure = "";
    private Optional<Instant> restsUntil = Optional.empty();

    Health(BackendConfig backend) {
        this.backend = backend;
        this.breaker = CircuitBreaker.of(
                backend.name(),
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, CALLS_MIN, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURE_PERCENT_MAX)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialRandomBackoff(
                                REST_MIN, REST_GROWTH, REST_JITTER, REST_MAX))
                        .build());
    }

    /** Whether the backend may be asked now; each yes must be followed by a {@link #record}. */
    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    /** An attempt has ended so. */
    synchronized void record(Attempt attempt, Optional<Duration> rest) {
        switch (attempt.outcome()) {
            case ANSWERED -> {
                breaker.onSuccess(attempt.millis(), TimeUnit.MILLISECONDS);
                latencies.addLast(attempt.firstTokenMillis());
                if (latencies.size() > LATENCIES) {
                    latencies.removeFirst();
                }
                lastFailure = "";
                restsUntil = Optional.empty();
            }
            case FAILED, TIMED_OUT, BROKEN_OFF, RATE_LIMITED -> {
                breaker.onError(attempt.millis(), TimeUnit.MILLISECONDS, new BackendFailure());
                lastFailure = attempt.detail();
            }
            // The backend works; what it was asked, or by whom, does not suit it.
            case REFUSED -> {
                breaker.releasePermission();
                lastFailure = attempt.detail();
            }
            case CANCELLED, SKIPPED -> breaker.releasePermission();
        }
        if (attempt.outcome() == Outcome.RATE_LIMITED && rest.isPresent()) {
            Instant until = Instant.now().plus(rest.get());
            restsUntil = Optional.of(until);
            breaker.transitionToOpenStateUntil(until);
        }
    }

    /** What is known of the backend. */
    synchronized BackendHealth health() {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        int calls = metrics.getNumberOfBufferedCalls();
        return new BackendHealth(
                backend.name(),
                backend.kind(),
                backend.url(),
                backend.model(),
                state(),
                calls,
                calls == 0 ? 0 : metrics.getNumberOfFailedCalls() / (double) calls,
                median(),
                lastFailure,
                restsUntil.filter(until -> state() == State.RESTING));
    }

    private State state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> State.UP;
            case OPEN, FORCED_OPEN -> State.RESTING;
            case HALF_OPEN -> State.TRYING;
        };
    }

    private OptionalLong median() {
        return latencies.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(latencies.size() / 2)
                .findFirst();
    }

    /** Stands for a failure that was told already. */
    private static final class BackendFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BackendFailure() {
            super(null, null, false, false);
        }
    }
}
