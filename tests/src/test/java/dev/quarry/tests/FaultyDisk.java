package dev.quarry.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A directory in which a process that is started with {@link #environment} meets a failing disk, at a call of its writing
 * that the test chooses by number. The library that stands between that process and its C library lies in {@code faults};
 * it shares a file with this class, so that a fault can come and go while the process runs.
 */
final class FaultyDisk {
    private static final Path LIBRARY = Path.of("target", "faults", "libquarry_faults.so");
    private static final int CALLS = 0;
    private static final int FIRST = 8;
    private static final int LAST = 16;
    private static final int ERROR = 24;
    private static final int FAILED = 32;
    private static final int NAME = 40;
    private static final int BYTES = 56;

    private final Path directory;
    private final Path file;
    private final MappedByteBuffer control;

    /** What the process meets. */
    enum Fault {
        /** No space is left, from the chosen call on; what that call writes is cut short. */
        FULL(28, true),
        /** Nothing may be written, from the chosen call on. */
        DENIED(13, true),
        /** The chosen call fails, and no other. */
        BROKEN(5, false),
        /** The process ends in the midst of the call, as {@code kill -9} ends it. */
        KILL(0, false);

        private final int error;
        private final boolean lasts;

        Fault(int error, boolean lasts) {
            this.error = error;
            this.lasts = lasts;
        }
    }

    /**
     * A disk without a fault.
     *
     * @param directory below which writes are counted and fail
     * @param file where what is shared is kept
     */
    FaultyDisk(Path directory, Path file) {
        try {
            this.directory = directory.toRealPath();
            this.file = Files.write(file, new byte[BYTES]).toRealPath();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                this.control = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
            }
            control.order(ByteOrder.nativeOrder());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a process must be started with to be counted and to fail. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", LIBRARY.toAbsolutePath().toString(),
                "FAULT_DIRECTORY", directory.toString(),
                "FAULT_CONTROL", file.toString());
    }

    /** How many calls that write there were since the last {@link #mend}. */
    long calls() {
        return control.getLong(CALLS);
    }

    /** Lets the call of this number, counted from 1 since the last {@link #mend}, meet a fault. */
    void fail(long call, Fault fault) {
        control.putLong(FAILED, 0);
        control.putLong(NAME, 0);
        control.putLong(ERROR, fault.error);
        control.putLong(LAST, fault.lasts ? Long.MAX_VALUE : call);
        control.putLong(FIRST, call);
    }

    /** Ends a fault, and begins to count anew. */
    void mend() {
        control.putLong(FIRST, 0);
        control.putLong(CALLS, 0);
    }

    /** How many calls have failed since the fault was chosen. */
    long failed() {
        return control.getLong(FAILED);
    }

    /** The name of the function that failed first; empty if none did. */
    String failedFirst() {
        byte[] name = new byte[BYTES - NAME];
        control.get(NAME, name);
        return new String(name, StandardCharsets.US_ASCII).replace("\0", "");
    }
}
