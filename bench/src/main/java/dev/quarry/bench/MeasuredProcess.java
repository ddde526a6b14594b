package dev.quarry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command run to its end as a whole process. */
final class MeasuredProcess {
    private static final long POLL_MILLIS = 10;

    private MeasuredProcess() {}

    /**
     * What a run took.
     *
     * @param wallMillis from before the start until after the end
     * @param peakKib the largest resident set, native memory included; 0 where the system does not tell
     */
    record Measure(double wallMillis, long peakKib) {}

    /**
     * Runs a command; its output goes to {@code log}.
     *
     * @throws IllegalStateException if it ends with another status than 0
     */
    static Measure run(List<String> command, Path directory, Path log) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        long peak = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKib(process.pid()));
        }
        double wall = (System.nanoTime() - start) / 1e6;
        if (process.exitValue() != 0) {
            throw new IllegalStateException("'" + String.join(" ", command) + "' ended with " + process.exitValue()
                    + ":\n" + Files.readString(log));
        }
        return new Measure(wall, peak);
    }

    private static long peakKib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException processIsGone) {
            return 0;
        }
    }
}
