package dev.quarry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SitesTest {
    @Test
    void ofPacked_unsortedWithRepeats_isInOrderOnce() {
        Sites sites = Sites.ofPacked(new int[] {Sites.pack(9, 1), Sites.pack(2, 7), Sites.pack(9, 1)});
        assertThat(sites).hasToString("2:7,9:1");
    }

    @Test
    void at_largestPlace_isKept() {
        Sites sites = Sites.at(524_287, 4_095);
        assertThat(sites.line(0)).isEqualTo(524_287);
        assertThat(sites.column(0)).isEqualTo(4_095);
    }

    @Test
    void at_beyondTheLimits_isHeldAtThem() {
        assertThat(Sites.at(9_999_999, 99_999)).isEqualTo(Sites.at(524_287, 4_095));
    }

    @Test
    void equals_samePlaces_isTrue() {
        assertThat(Sites.ofPacked(Sites.at(3, 4).toPacked()))
                .isEqualTo(Sites.at(3, 4))
                .hasSameHashCodeAs(Sites.at(3, 4));
    }
}
