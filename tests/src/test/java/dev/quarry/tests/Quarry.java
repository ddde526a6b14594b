package dev.quarry.tests;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code quarry} command as a process of its own, with the classes under test. */
final class Quarry {
    private static final long TIMEOUT_SECONDS = 300;

    private Quarry() {}

    /** How a command ended, and what it said. */
    record Result(int status, String out, String err) {}

    /** Runs a command to its end. */
    static Result run(Path directory, String... words) {
        return run(directory, List.of(), words);
    }

    /** Runs a command to its end, with further variables of the environment. */
    static Result run(Path directory, Map<String, String> environment, String... words) {
        return finish(directory, command(words), List.of(), environment);
    }

    /** Runs a command to its end, with a prefix such as a shell that sets limits. */
    static Result run(Path directory, List<String> prefix, String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(words));
        return finish(directory, command, List.of(), Map.of());
    }

    private static Result finish(
            Path directory, List<String> command, List<String> folders, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile("quarry", ".out");
            Path err = Files.createTempFile("quarry", ".err");
            Process process = builder(command, folders, environment)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        String.join(" ", command) + " did not end:\n" + Files.readString(out) + Files.readString(err));
            }
            Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs another program of Java's to its end, with these folders in front of the class path. */
    static Result java(Path directory, List<String> folders, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(words));
        return finish(directory, command, folders, Map.of());
    }

    /** A program of the classes under test, as a file that other programs can start. */
    static Path script(Path file, String mainClass) {
        List<String> java = command();
        java.set(java.size() - 1, mainClass);
        String line = "exec '" + String.join("' '", java) + "' \"$@\"\n";
        try {
            Files.writeString(file, "#!/bin/sh\nexport CLASSPATH='" + classPath() + "'\n" + line);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Starts a command and leaves it running; its output is thrown away. */
    static Process start(Path directory, String... words) {
        return start(directory, Map.of(), words);
    }

    /** The same with further variables of the environment. */
    static Process start(Path directory, Map<String, String> environment, String... words) {
        return start(directory, ProcessBuilder.Redirect.DISCARD, environment, words);
    }

    /** Starts a command and leaves it running; what it says goes to a file. */
    static Process start(Path directory, Path said, String... words) {
        return start(directory, ProcessBuilder.Redirect.to(said.toFile()), Map.of(), words);
    }

    private static Process start(
            Path directory, ProcessBuilder.Redirect said, Map<String, String> environment, String... words) {
        try {
            return builder(command(words), List.of(), environment)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** With the class path in the environment: ONNX Runtime crashes where a command line has 4 KiB or more. */
    private static ProcessBuilder builder(List<String> command, List<String> folders, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        List<String> classPath = new ArrayList<>(folders);
        classPath.add(classPath());
        builder.environment().put("CLASSPATH", String.join(File.pathSeparator, classPath));
        return builder;
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx900m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=" + StandardCharsets.UTF_8,
                "dev.quarry.cli.Main"));
        command.addAll(Arrays.asList(words));
        return command;
    }
}
