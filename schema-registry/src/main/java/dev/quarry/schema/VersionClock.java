package dev.quarry.schema;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes versions that rise strictly, also when the machine's clock stands still or goes back.
 *
 * <p>A store starts its clock behind the last version it has written, so that versions rise over restarts too. Within one
 * millisecond the 12 bits behind the time count up; when they are used up, the time is taken one millisecond ahead (RFC
 * 9562, section 6.2, method 1). Safe for use by several threads.
 */
public final class VersionClock {
    private static final int COUNTER_LIMIT = 1 << 12;

    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private long millis;
    private int counter;

    /** A clock on the system's time whose first version follows {@code last}. */
    public VersionClock(@Nullable Version last) {
        this(InstantSource.system(), last);
    }

    /** A clock on this source of time whose first version follows {@code last}. */
    public VersionClock(InstantSource time, @Nullable Version last) {
        this.time = time;
        this.millis = last == null ? 0 : last.high() >>> 16;
        this.counter = last == null ? 0 : (int) (last.high() & 0xFFF);
    }

    /** A version later than all before it. */
    public synchronized Version next() {
        long now = time.millis();
        if (now > millis) {
            millis = now;
            counter = 0;
        } else if (++counter == COUNTER_LIMIT) {
            millis++;
            counter = 0;
        }
        long high = millis << 16 | 0x7000L | counter;
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new Version(high, low);
    }
}
