package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packages of Python as a list pins them by hashes: fetched by pip once, and kept until the list changes. */
final class PythonTools {
    private static final String ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))";

    private final Path packages;

    private PythonTools(Path packages) {
        this.packages = packages;
    }

    /** The packages of {@code tests/gateway/LIST.txt}; the test is left out where the machine has no Python that fits. */
    static PythonTools installed(String name) {
        assumeTrue(
                Programs.works("python3", "-c", ENOUGH) && Programs.works("python3", "-m", "pip", "--version"),
                "python3 (3.11 or later) with pip is not on this machine");
        try {
            Path list = Programs.tests().resolve("gateway").resolve(name + ".txt");
            Path folder = Programs.kept("python-" + name, list);
            Path done = folder.resolve("done");
            if (!Files.exists(done)) {
                Files.createDirectories(folder);
                Programs.Result fetched = Programs.run(
                        folder,
                        List.of(
                                "python3",
                                "-m",
                                "pip",
                                "install",
                                "--quiet",
                                "--disable-pip-version-check",
                                "--no-deps",
                                "--only-binary=:all:",
                                "--require-hashes",
                                "--target",
                                folder.toString(),
                                "-r",
                                list.toString()));
                assertThat(fetched.status()).as(fetched.output()).isZero();
                Files.createFile(done);
            }
            return new PythonTools(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where they are. */
    Path packages() {
        return packages;
    }

    /** Runs a script of {@code tests/gateway} with these packages alone. */
    Programs.Result run(String script, String... words) {
        List<String> command = new ArrayList<>(List.of("env", "PYTHONPATH=" + packages, "python3", "-s"));
        command.add(Programs.tests().resolve("gateway").resolve(script).toString());
        command.addAll(Arrays.asList(words));
        return Programs.run(packages, command);
    }
}
