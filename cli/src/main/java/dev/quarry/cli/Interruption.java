package dev.quarry.cli;

import java.lang.reflect.Proxy;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the user or the system ends the process: something is told to stop, and the process
 * waits until the command has closed what it holds.
 *
 * <p>The signals themselves are handled, and no shutdown hook is used: hooks run side by side in no order, and ONNX Runtime
 * has one that frees its native state, also under a session that is being made. The JDK's signal API has no supported
 * name, and naming it in the source would be a warning at each build; so it is looked up.
 */
final class Interruption implements AutoCloseable {
    private static final long WAIT_SECONDS = 60;
    private static final long LAST_WORDS_MILLIS = 2_000;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;
    private static final int STATUS_OF_SIGNALS = 128;

    /** The status of a process that the system ended. */
    static final int TERMINATED = STATUS_OF_SIGNALS + SIGTERM;

    /** The status that the signal that came asks for; 0 while none has come. */
    private static volatile int asked;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread command = Thread.currentThread();
    private final Runnable stop;

    private Interruption(Runnable stop) {
        this.stop = stop;
    }

    /** From now on an end of the process runs {@code stop} and then waits for {@link #close}. */
    static Interruption calls(Runnable stop) {
        Interruption interruption = new Interruption(stop);
        interruption.handle("INT", SIGINT);
        interruption.handle("TERM", SIGTERM);
        return interruption;
    }

    private void handle(String name, int number) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ending = Proxy.newProxyInstance(
                    Interruption.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        endInOrder(STATUS_OF_SIGNALS + number);
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ending);
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            // Another Java, or a signal that the JVM was told to leave alone: the process ends as the system has it.
        }
    }

    /** With which status a process ends that was asked to end by a signal; empty if it was not. */
    static OptionalInt status() {
        int status = asked;
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    private void endInOrder(int status) {
        asked = status;
        stop.run();
        try {
            boolean ignored = closed.await(WAIT_SECONDS, TimeUnit.SECONDS);
            command.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        System.exit(status);
    }

    /** Everything is closed: the process may end. */
    @Override
    public void close() {
        closed.countDown();
    }
}
