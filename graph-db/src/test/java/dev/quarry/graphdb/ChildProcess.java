package dev.quarry.graphdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that runs {@link StoreChild}; killed when closed. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(ProcessBuilder builder) throws IOException {
        this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.output = process.inputReader();
    }

    static ChildProcess start(String... arguments) throws IOException {
        return new ChildProcess(new ProcessBuilder(command(classPath(), arguments)));
    }

    /** The same with another class path and further variables of the environment. */
    static ChildProcess start(String classPath, Map<String, String> environment, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(classPath, arguments));
        builder.environment().putAll(environment);
        return new ChildProcess(builder);
    }

    /** The same where no file may become larger than this: each further write fails. */
    static ChildProcess startWithFileLimit(int kibibytes, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("bash", "-c", "trap '' XFSZ; ulimit -f " + kibibytes + "; exec \"$@\"", "limited"));
        command.addAll(command(classPath(), arguments));
        return new ChildProcess(new ProcessBuilder(command));
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static List<String> command(String classPath, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                StoreChild.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The next line that it prints; null at the end. */
    @Nullable
    String line() throws IOException {
        return output.readLine();
    }

    /** The next line that begins so. */
    String lineWith(String beginning) throws IOException {
        List<String> others = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            others.add(line);
        }
        throw new AssertionError("the process ended without a line '" + beginning + "…', but with " + others);
    }

    long pid() {
        return process.pid();
    }

    /** Waits for its end and gives its exit status. */
    int await() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not end");
        }
        return process.exitValue();
    }

    /** Kills it as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
