package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:`|^ {4}|\\./)quarry ([a-z]+)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    private static final Pattern FILE = Pattern.compile("`((?:[\\w.-]+/)+[\\w.-]+|[A-Z]+\\.md|LICENSE)`");
    /** Options of the launcher and the benchmarks, and of other programs that the documents name. */
    private static final Set<String> OTHERS = Set.of("--rebuild", "--version", "--sets");

    @Test
    void readme_commands_exist() throws IOException {
        Set<String> named = matches(COMMAND, readme());
        Set<String> known = new TreeSet<>();
        Commands.visibleSpecs().forEach(spec -> known.add(spec.name()));
        assertThat(named).isEqualTo(known);
    }

    @Test
    void readme_options_exist() throws IOException {
        Set<String> known = new HashSet<>(OTHERS);
        CommonOptions.all().forEach(option -> known.add(option.name()));
        Commands.visibleSpecs().forEach(spec -> spec.options().forEach(option -> known.add(option.name())));
        Set<String> named = matches(OPTION, readme());
        assertThat(known).containsAll(named);
        assertThat(named).containsAll(known);
    }

    @Test
    void readme_commandTable_namesEachOptionOfItsCommand() throws IOException {
        List<String> lines = readme().lines().toList();
        for (CommandSpec spec : Commands.visibleSpecs()) {
            String row = lines.stream()
                    .filter(line -> line.startsWith("| `quarry " + spec.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(spec.options()).allSatisfy(option -> assertThat(row).contains(option.synopsis()));
        }
    }

    @Test
    void readme_exitCodes_areThoseOfTheCommand() throws IOException {
        String text = readme();
        for (ExitCode code : ExitCode.values()) {
            assertThat(text).contains("| " + code.status() + " | " + code.meaning() + " |");
        }
    }

    @Test
    void documents_filesThatTheyName_exist() throws IOException {
        for (Path document : documents()) {
            for (String file : matches(FILE, Files.readString(document))) {
                if (!file.startsWith("cli/target/")) {
                    assertThat(ROOT.resolve(file)).as("named in " + document).exists();
                }
            }
        }
    }

    @Test
    void documents_lines_areNotTooLong() throws IOException {
        for (Path document : documents()) {
            assertThat(Files.readString(document).lines().filter(line -> !line.startsWith("|")))
                    .as(document.toString())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(125));
        }
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/adr"))) {
            return Stream.concat(
                            Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
                                    .map(ROOT::resolve),
                            decisions)
                    .toList();
        }
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(matcher.groupCount()));
        }
        return found;
    }
}
