package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the sources to the numbers of CONTRIBUTING.md. The formatter minds the width of code, but not that of comments; a
 * line with a string literal may be wider, because it is read more easily than its pieces.
 */
class TidyTest {
    private static final int FILE_LINES_MAX = 500;
    private static final int LINE_COLUMNS_MAX = 125;
    private static final int FILES_MIN = 100;
    private static final Pattern WILDCARD_IMPORT = Pattern.compile("^import (static )?[\\w.]+\\.\\*;");
    private static final Pattern DISABLED = Pattern.compile("@Disabled|#\\[ignore\\]");

    private static final Path ROOT = root();

    @Test
    void sources_all_areSeen() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(FILES_MIN);
    }

    @Test
    void files_lengths_stayBelowTheLimit() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES_MAX) {
                tooLong.add(ROOT.relativize(file) + ": " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void lines_all_areTidy() throws IOException {
        List<String> untidy = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean tooWide = line.codePointCount(0, line.length()) > LINE_COLUMNS_MAX && line.indexOf('"') < 0;
                boolean own = file.endsWith("TidyTest.java");
                if (tooWide
                        || WILDCARD_IMPORT.matcher(line).find()
                        || !own && DISABLED.matcher(line).find()) {
                    untidy.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(untidy).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> !ROOT.relativize(file).toString().contains("target"))
                    .filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".rs"))
                    .filter(file -> !file.toString().contains("fixtures"))
                    .sorted()
                    .toList();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("the tests must run inside the project's checkout");
            }
            folder = parent;
        }
        return folder;
    }
}
