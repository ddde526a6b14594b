package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that are not Quarry's, and finds where they are kept. */
final class Programs {
    private static final long TIMEOUT_SECONDS = 300;

    private Programs() {}

    /** How a program ended, and what it said. */
    record Result(int status, String output) {}

    /** Runs a program to its end. */
    static Result run(Path directory, List<String> command) {
        try {
            Path output = Files.createTempFile("quarry", ".out");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            Result result = new Result(ended ? process.exitValue() : -1, Files.readString(output));
            Files.delete(output);
            return result;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Whether a command is there and works. */
    static boolean works(String... command) {
        try {
            return run(Path.of("").toAbsolutePath(), List.of(command)).status() == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }

    /** The folder of the tests, which has what they bring along. */
    static Path tests() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        assertThat(folder).as("the tests run inside the checkout").isNotNull();
        return folder.resolve("tests");
    }

    /** The folder in which what a list pins is kept, until the list changes. */
    static Path kept(String name, Path list) throws IOException {
        return tests().resolve("target").resolve(name + "-" + digest(Files.readAllBytes(list)));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
