package dev.quarry.server;

import java.time.Duration;
import java.util.Optional;

/**
 * How a server follows the repository that it serves.
 *
 * @param enabled whether it does
 * @param embed whether vectors are made for what changed
 * @param poll how often to look for changes where the system's events are not wanted; empty for events
 * @param quiet how long nothing must happen before a run begins, so that a save of many files is one run
 * @param longest after so long a run begins even if it never becomes quiet
 * @param gitWait how long a git command at work is waited for; one that stops for a person is not waited for longer
 */
public record WatchOptions(
        boolean enabled, boolean embed, Optional<Duration> poll, Duration quiet, Duration longest, Duration gitWait) {
    /** Nothing is followed. */
    public static final WatchOptions OFF = of(false);

    /** By events, with vectors. */
    public static final WatchOptions DEFAULT = of(true);

    private static WatchOptions of(boolean enabled) {
        return new WatchOptions(
                enabled, true, Optional.empty(), Duration.ofMillis(25), Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    /** The same, with or without vectors. */
    public WatchOptions withEmbed(boolean wanted) {
        return new WatchOptions(enabled, wanted, poll, quiet, longest, gitWait);
    }

    /** The same, looking once in an interval. */
    public WatchOptions withPoll(Duration interval) {
        return new WatchOptions(enabled, embed, Optional.of(interval), quiet, longest, gitWait);
    }

    /** The same with another quiet period. */
    public WatchOptions withQuiet(Duration period) {
        return new WatchOptions(enabled, embed, poll, period, longest, gitWait);
    }
}
