package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NetworkTuningTest {
    private static final byte[] TUNING = ByteBuffer.allocate(32)
            .putInt(0x51545531)
            .putInt(2)
            .putInt(1)
            .putInt(2)
            .put(new byte[] {7, 8})
            .putInt(9)
            .putInt(1)
            .put((byte) 9)
            .array();
    private static final int LENGTH = 27;

    private static byte[] tuning() {
        return Arrays.copyOf(TUNING, LENGTH);
    }

    @Test
    void applied_putsEachBlockInItsPlace() {
        byte[] network = new byte[10];

        assertThat(NetworkTuning.applied(tuning(), network)).containsExactly(0, 7, 8, 0, 0, 0, 0, 0, 0, 9);
    }

    @Test
    void applied_toAShorterFile_refused() {
        assertRefused(tuning(), new byte[9], "does not fit the network of 9 bytes");
    }

    @Test
    void applied_cutOffAnywhere_refused() {
        for (int length = 0; length < LENGTH; length++) {
            assertRefused(Arrays.copyOf(TUNING, length), new byte[10], "does not fit");
        }
    }

    @Test
    void applied_withMoreThanItsBlocks_refused() {
        assertRefused(TUNING, new byte[10], "is longer than it says");
    }

    @Test
    void applied_thatIsAnotherFile_refused() {
        byte[] other = tuning();
        other[0] = 'X';
        assertRefused(other, new byte[10], "begins otherwise");
    }

    @Test
    void applied_withANegativeLength_refused() {
        byte[] damaged = tuning();
        damaged[12] = -1;
        assertRefused(damaged, new byte[10], "does not fit");
    }

    private static void assertRefused(byte[] tuning, byte[] network, String why) {
        assertThatThrownBy(() -> NetworkTuning.applied(tuning, network))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_REFUSED))
                .hasMessageContaining(why)
                .hasMessageContaining("tuning.bin")
                .hasMessageContaining("build or install Quarry again");
    }
}
