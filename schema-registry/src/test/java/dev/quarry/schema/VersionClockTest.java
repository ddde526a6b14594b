package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class VersionClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void next_first_isUuidOfVersion7AtThatTime() {
        Version version = new VersionClock(InstantSource.fixed(NOON), null).next();
        assertThat(UUID.fromString(version.toString()).version()).isEqualTo(7);
        assertThat(UUID.fromString(version.toString()).variant()).isEqualTo(2);
        assertThat(version.instant()).isEqualTo(NOON);
    }

    @Test
    void next_clockStandsStill_rises() {
        VersionClock clock = new VersionClock(InstantSource.fixed(NOON), null);
        List<Version> versions = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            versions.add(clock.next());
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(versions.getLast().instant()).isEqualTo(NOON.plusMillis(2));
    }

    @Test
    void next_clockWentBackSinceLastVersion_rises() {
        Version last = new VersionClock(InstantSource.fixed(NOON), null).next();
        Version next = new VersionClock(InstantSource.fixed(NOON.minusSeconds(3600)), last).next();
        assertThat(next).isGreaterThan(last);
    }

    @Test
    void next_fromManyThreads_givesNoVersionTwice() {
        VersionClock clock = new VersionClock(null);
        ConcurrentSkipListSet<Version> seen = new ConcurrentSkipListSet<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 5_000; j++) {
                        seen.add(clock.next());
                    }
                });
            }
        }
        assertThat(seen).hasSize(20_000);
    }

    @Test
    void parse_otherUuid_isRefused() {
        assertThatThrownBy(() -> Version.parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
                .hasMessageContaining("not a UUIDv7");
    }

    @Test
    void parse_printed_isTheSame() {
        Version version = new VersionClock(null).next();
        assertThat(Version.parse(version.toString())).isEqualTo(version);
        assertThat(Version.of(version.toBytes())).isEqualTo(version);
    }
}
