package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Relations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bytes that no writer of ours would send: the native decoder answers with an error, and the process lives. */
class WireFuzzTest {
    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    private static final int ROUNDS = 3000;

    private final long seed = Long.getLong("quarry.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void write_damagedBatches_neverEndTheProcess() {
        byte[] good = batch();
        int refused = 0;
        try (Reply opened = Reply.of(NativeEngine.open(new byte[0], 0))) {
            long handle = opened.bytes().getLong(Reply.BODY);
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = damage(good);
                refused += isRefused(NativeEngine.write(handle, bytes, bytes.length)) ? 1 : 0;
            }
            Reply.of(NativeEngine.close(handle)).close();
            assertThat(isRefused(NativeEngine.write(handle, good, good.length))).isTrue();
        }
        assertThat(refused).as("seed " + seed).isEqualTo(ROUNDS);
    }

    @Test
    void run_damagedParameters_neverEndTheProcess() {
        byte[] script = "?[x] := x = 1".getBytes(StandardCharsets.UTF_8);
        ByteSink good = new Params()
                .text("a", "text")
                .integer("b", 7)
                .ids("c", List.of(Graphs.OBJECT.id(), Graphs.LIST_ADD.id()))
                .encode();
        byte[] whole = Arrays.copyOf(good.array(), good.length());
        try (Reply opened = Reply.of(NativeEngine.open(new byte[0], 0))) {
            long handle = opened.bytes().getLong(Reply.BODY);
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = damage(whole);
                isRefused(NativeEngine.run(handle, script, bytes, bytes.length, false, 1, 0, 10));
            }
            assertThat(isRefused(NativeEngine.run(handle, script, whole, whole.length, false, 1, 0, 10)))
                    .as("seed " + seed)
                    .isFalse();
            assertThat(isRefused(NativeEngine.run(handle, script, whole, whole.length + 1, false, 1, 0, 10)))
                    .isTrue();
            Reply.of(NativeEngine.close(handle)).close();
        }
    }

    /** Fewer bytes, other bytes, or nothing but noise. */
    private byte[] damage(byte[] good) {
        byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
        if (random.nextInt(4) == 0) {
            random.nextBytes(bytes);
        }
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] batch() {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < 5; i++) {
            batch.puts(Relations.META).text("key " + i).text("value");
            batch.puts(Relations.VEC).integer(i).vector(new float[384]);
            batch.removals(Relations.NODE).id(Graphs.OBJECT.id());
        }
        ByteSink sink = batch.encode();
        return Arrays.copyOf(sink.array(), sink.length());
    }

    private static boolean isRefused(ByteBuffer answer) {
        try (Reply reply = Reply.of(answer)) {
            return reply.isTruncated();
        } catch (EngineException e) {
            return true;
        }
    }
}
