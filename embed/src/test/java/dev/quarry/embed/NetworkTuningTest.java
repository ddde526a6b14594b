package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class NetworkTuningTest {
    private static final NetworkTuning TUNING = new NetworkTuning(new BundledFile("a tuning", "some.bin"));
    private static final int MAGIC = 0x51545533;

    private static byte[] blocks() {
        return ByteBuffer.allocate(39)
                .putInt(MAGIC)
                .putInt(2)
                .putInt(1)
                .putInt(2)
                .put(new byte[] {7, 8})
                .putInt(9)
                .putInt(1)
                .put((byte) 9)
                .putInt(0)
                .putLong(0)
                .array();
    }

    /** A column of scales .5, .25 and 2 behind a matrix of two rows and three columns; the sum of two products. */
    private static byte[] matrix(float strength) {
        return ByteBuffer.allocate(62)
                .putInt(MAGIC)
                .putInt(0)
                .putInt(1)
                .putInt(1)
                .putInt(2)
                .putInt(3)
                .putInt(8)
                .putInt(2)
                .putInt(0)
                .putFloat(strength)
                .putFloat(2 * strength)
                .put(new byte[] {1, 2, 3, -4})
                .put(new byte[] {5, 6, 7, 8, -9, 10})
                .putLong(0)
                .array();
    }

    /** What is added to the two numbers from the first on and to the three from the fourth on. */
    private static byte[] units(int... added) {
        Deflater deflater = new Deflater();
        byte[] deflated = new byte[64];
        byte[] bytes = new byte[added.length];
        for (int i = 0; i < added.length; i++) {
            bytes[i] = (byte) added[i];
        }
        deflater.setInput(bytes);
        deflater.finish();
        int length = deflater.deflate(deflated);
        deflater.end();
        return ByteBuffer.allocate(36 + length)
                .putInt(MAGIC)
                .putInt(0)
                .putInt(0)
                .putInt(2)
                .putInt(1)
                .putInt(2)
                .putInt(4)
                .putInt(3)
                .putInt(length)
                .put(deflated, 0, length)
                .array();
    }

    private static byte[] network() {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {99, 10, -20, 30, 40, -60, 60, 99})
                .putFloat(0.5f)
                .putFloat(0.25f)
                .putFloat(2)
                .array();
    }

    @Test
    void applied_putsEachBlockInItsPlace() {
        byte[] network = new byte[10];

        assertThat(TUNING.applied(blocks(), network)).containsExactly(0, 7, 8, 0, 0, 0, 0, 0, 0, 9);
    }

    /** The rows of the product: 37, -30, 47 and -49, 90, -59; by the scales: 74, -120, 23.5 and -98, 360, -29.5. */
    @Test
    void applied_addsAMatrixInItsUnits() {
        byte[] network = network();

        TUNING.applied(matrix(1), network);

        assertThat(network[0]).isEqualTo((byte) 99);
        assertThat(Arrays.copyOfRange(network, 1, 3)).containsExactly(64, -64);
        assertThat(network[3]).isBetween((byte) 53, (byte) 54);
        assertThat(Arrays.copyOfRange(network, 4, 6)).containsExactly(-58, 64);
        assertThat(network[6]).isBetween((byte) 30, (byte) 31);
        assertThat(Arrays.copyOfRange(network, 7, 20)).isEqualTo(Arrays.copyOfRange(network(), 7, 20));
    }

    @Test
    void applied_withNoStrength_changesNothing() {
        assertThat(TUNING.applied(matrix(0), network())).isEqualTo(network());
    }

    @Test
    void applied_addsToEachNumberOfTheRuns() {
        byte[] network = network();

        TUNING.applied(units(1, -2, 0, 4, -5), network);

        assertThat(Arrays.copyOf(network, 8)).containsExactly(99, 11, -22, 30, 40, -56, 55, 99);
        assertThat(Arrays.copyOfRange(network, 8, 20)).isEqualTo(Arrays.copyOfRange(network(), 8, 20));
    }

    @Test
    void applied_withOtherNumbersThanTheRunsHave_refused() {
        assertRefused(units(1, 2, 3, 4), network(), "does not fit");
        assertRefused(units(1, 2, 3, 4, 5, 6), network(), "does not fit");
    }

    @Test
    void applied_withDamageInWhatIsAdded_refused() {
        byte[] tuning = units(1, 2, 3, 4, 5);
        tuning[36] = 0;
        assertRefused(tuning, network(), "does not fit");
    }

    /** A hundredth of a unit is lost in each place by rounding to the nearest. */
    @Test
    void applied_ofLessThanAUnit_isKeptInTheMean() {
        int columns = 100_000;
        byte[] tuning = ByteBuffer.allocate(12 + 24 + 4 + 1 + columns + 8)
                .putInt(MAGIC)
                .putInt(0)
                .putInt(1)
                .putInt(0)
                .putInt(1)
                .putInt(columns)
                .putInt(columns)
                .putInt(1)
                .putInt(7)
                .putFloat(0.01f)
                .put((byte) 1)
                .array();
        Arrays.fill(tuning, tuning.length - 8 - columns, tuning.length - 8, (byte) 1);
        ByteBuffer network = ByteBuffer.allocate(5 * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < columns; i++) {
            network.putFloat(columns + 4 * i, 1);
        }

        TUNING.applied(tuning, network.array());

        int raised = 0;
        for (int i = 0; i < columns; i++) {
            assertThat(network.get(i)).isBetween((byte) 0, (byte) 1);
            raised += network.get(i);
        }
        assertThat(raised).isBetween(850, 1150);
    }

    @Test
    void applied_toAShorterFile_refused() {
        assertRefused(blocks(), new byte[9], "does not fit the network of 9 bytes");
        assertRefused(matrix(1), new byte[19], "does not fit the network of 19 bytes");
        assertRefused(units(1, 2, 3, 4, 5), new byte[6], "does not fit the network of 6 bytes");
    }

    @Test
    void applied_cutOffAnywhere_refused() {
        for (byte[] tuning : new byte[][] {blocks(), matrix(1), units(1, 2, 3, 4, 5)}) {
            for (int length = 0; length < tuning.length; length++) {
                assertRefused(Arrays.copyOf(tuning, length), network(), "does not fit");
            }
        }
    }

    @Test
    void applied_withMoreThanItSays_refused() {
        assertRefused(Arrays.copyOf(blocks(), 40), new byte[10], "is longer than it says");
    }

    @Test
    void applied_thatIsAnotherFile_refused() {
        byte[] other = blocks();
        other[0] = 'X';
        assertRefused(other, new byte[10], "begins otherwise");
    }

    @Test
    void applied_withNegativeNumbers_refused() {
        for (int at : new int[] {12, 16, 20, 24, 28}) {
            byte[] damaged = matrix(1);
            damaged[at] = -1;
            assertRefused(damaged, network(), "does not fit");
        }
        for (int at : new int[] {12, 16, 20, 24, 28, 32}) {
            byte[] damaged = units(1, 2, 3, 4, 5);
            damaged[at] = -1;
            assertRefused(damaged, network(), "does not fit");
        }
    }

    private static void assertRefused(byte[] tuning, byte[] network, String why) {
        assertThatThrownBy(() -> TUNING.applied(tuning, network))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_REFUSED))
                .hasMessageContaining(why)
                .hasMessageContaining("some.bin")
                .hasMessageContaining("build or install Quarry again");
    }
}
