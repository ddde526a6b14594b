package dev.quarry.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MessageLoopTest {
    private static InputStream lines(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void run_lines_areAllAnsweredBeforeItReturns() throws IOException {
        List<String> out = new ArrayList<>();
        MessageLoop.run(
                lines("a", "", "ä\r", "quiet", "c"),
                line -> line.equals("quiet") ? Optional.empty() : Optional.of(line.strip() + "!"),
                out::add,
                3);
        assertThat(out).containsExactlyInAnyOrder("a!", "ä!", "c!");
    }

    @Test
    void run_slowMessage_doesNotHoldUpTheNext() throws IOException {
        CountDownLatch fast = new CountDownLatch(1);
        List<String> out = new ArrayList<>();
        MessageLoop.run(
                lines("slow", "fast"),
                line -> {
                    if (line.equals("fast")) {
                        fast.countDown();
                    } else {
                        awaitQuietly(fast);
                    }
                    return Optional.of(line);
                },
                out::add,
                2);
        assertThat(out).containsExactlyInAnyOrder("slow", "fast");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void run_lineWithoutEndThatIsTooLong_isNotKept() throws IOException {
        List<Integer> lengths = new ArrayList<>();
        MessageLoop.run(
                lines("{" + "x".repeat(2 * MessageLoop.MESSAGE_CHARS_MAX), "{}"),
                line -> {
                    lengths.add(line.length());
                    return Optional.empty();
                },
                _ -> {},
                1);
        assertThat(lengths).containsExactly(1, 2);
    }
}
