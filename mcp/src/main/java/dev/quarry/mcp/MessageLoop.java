package dev.quarry.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Messages on the standard streams: one a line, answered side by side, each answer on a line of its own. */
public final class MessageLoop {
    /** How many characters a message may have. */
    static final int MESSAGE_CHARS_MAX = 1 << 20;

    private static final int WAITING_MAX = 64;

    private MessageLoop() {}

    /**
     * Answers what comes until the input ends, and returns when the last answer has been given.
     *
     * @param answer called by several threads; must not throw
     * @param out takes a line without its end; called by one thread at a time
     * @param threads how many messages are answered at once; the engine holds the thread of each
     * @throws IOException if the input cannot be read
     */
    public static void run(InputStream in, Function<String, Optional<String>> answer, Consumer<String> out, int threads)
            throws IOException {
        AtomicInteger number = new AtomicInteger();
        Semaphore waiting = new Semaphore(WAITING_MAX);
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        try (ExecutorService pool = Executors.newFixedThreadPool(
                threads,
                task -> Thread.ofPlatform()
                        .name("quarry-mcp-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(task))) {
            for (Optional<String> line = line(reader); line.isPresent(); line = line(reader)) {
                String message = line.get();
                if (message.isBlank()) {
                    continue;
                }
                waiting.acquireUninterruptibly();
                pool.execute(() -> {
                    try {
                        answer.apply(message).ifPresent(text -> {
                            synchronized (out) {
                                out.accept(text);
                            }
                        });
                    } finally {
                        waiting.release();
                    }
                });
            }
        }
    }

    /** The next line; of one that is too long only the beginning, which is no message. */
    private static Optional<String> line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (line.length() <= MESSAGE_CHARS_MAX) {
                line.append((char) c);
            }
            c = reader.read();
        }
        return Optional.of(line.length() > MESSAGE_CHARS_MAX ? line.substring(0, 1) : line.toString());
    }
}
