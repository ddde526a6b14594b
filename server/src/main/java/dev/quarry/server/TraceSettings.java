package dev.quarry.server;

import dev.quarry.llm.ConfigFile;
import dev.quarry.llm.ConfigTable;
import java.util.Set;

/**
 * What is kept of questions and their answers; the table {@code [traces]} of the configuration.
 *
 * @param enabled whether anything is kept
 * @param keepDays how many days a trace is kept
 * @param keepMegabytes how much space all traces may take; the eldest go first
 */
public record TraceSettings(boolean enabled, int keepDays, int keepMegabytes) {
    /** What holds unless the configuration says otherwise. */
    public static final TraceSettings DEFAULT = new TraceSettings(true, 30, 64);

    /** Nothing is kept. */
    public static final TraceSettings OFF = new TraceSettings(false, 1, 1);

    private static final int DAYS_MAX = 3_650;
    private static final int MEGABYTES_MAX = 10_000;

    /** What the configuration says. */
    public static TraceSettings of(ConfigFile file) {
        ConfigTable table = file.table("traces").allowing(Set.of("enabled", "keep_days", "keep_megabytes"));
        return new TraceSettings(
                table.truth("enabled", DEFAULT.enabled),
                table.number("keep_days", DEFAULT.keepDays, 1, DAYS_MAX),
                table.number("keep_megabytes", DEFAULT.keepMegabytes, 1, MEGABYTES_MAX));
    }
}
