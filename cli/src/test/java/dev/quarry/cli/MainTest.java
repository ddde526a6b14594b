package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path directory;

    @Test
    void run_help_listsEveryCommandAndExitCode() {
        CommandRun run = CommandRun.in(directory, "--help");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(Commands.visibleSpecs())
                .hasSizeGreaterThan(5)
                .allSatisfy(spec -> assertThat(run.out()).contains("\n  " + spec.name()));
        assertThat(ExitCode.values()).allSatisfy(code -> assertThat(run.out()).contains(code.meaning()));
        assertThat(run.out()).contains("\n  143 ", "QUARRY_CACHE", "QUARRY_CONFIG");
        assertThat(run.err()).isEmpty();
        for (String word : List.of("--help", "-h", "help")) {
            assertThat(CommandRun.in(directory, "help", word)).isEqualTo(run);
        }
    }

    @Test
    void heapIsFull_saysHowLargeItWasAndHowToHaveMore() {
        assertThat(Main.heapIsFull(800L << 20)).contains("heap of 800 MiB").endsWith("QUARRY_JAVA_OPTS=-Xmx1600m");
    }

    @Test
    void run_helpOfWhatMakesAStore_saysWhereThatIs() {
        for (String command : List.of("index", "serve", "restore")) {
            assertThat(CommandRun.in(directory, command, "--help").out().lines())
                    .as(command)
                    .filteredOn(line -> line.startsWith("  --store DIR"))
                    .singleElement()
                    .asString()
                    .doesNotContain("nearest");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache purge --all --model x",
                "cache purge id --all",
                "cache purge id --model x",
                "cache stats --all",
                "cache stats id",
                "cache export --wrong",
                "cache feedback id --right --model x",
                "cache pin id --all",
                "serve --watch-poll 5 --no-watch",
                "mcp --dry-run"
            })
    void run_optionsThatDoNotGoTogether_isWrongUsage(String words) {
        CommandRun run = CommandRun.in(directory, words.split(" "));
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).containsPattern("leave|say one of them");
    }

    @Test
    void run_helpOfEachCommand_namesItsOptions() {
        for (CommandSpec spec : Commands.visibleSpecs()) {
            CommandRun run = CommandRun.in(directory, spec.name(), "--help");
            assertThat(run.code()).as(spec.name()).isEqualTo(ExitCode.OK);
            assertThat(spec.options())
                    .allSatisfy(option -> assertThat(run.out()).contains(option.name()));
            assertThat(CommandRun.in(directory, "help", spec.name())).isEqualTo(run);
        }
    }

    @Test
    void run_help_fitsTheTerminal() {
        assertThat(CommandRun.in(directory, "--help").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void run_nothing_showsTheHelpAndIsWrongUsage() {
        CommandRun run = CommandRun.in(directory);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).contains("Usage: quarry COMMAND");
    }

    @Test
    void run_version_namesQuarryAndJava() {
        assertThat(CommandRun.in(directory, "--version").out())
                .startsWith("quarry ")
                .contains("Java 25");
    }

    @Test
    void run_versionForPrograms_isADocument() throws IOException {
        JsonObject version = JsonObject.of(
                Json.read(CommandRun.in(directory, "--version", "--json").out()));
        assertThat(version.text("version")).isEqualTo(BuildInfo.version());
        assertThat(version.text("java")).startsWith("25");
    }

    @Test
    void run_failureForPrograms_isTheProblemThatHttpGives() throws IOException {
        CommandRun missing = CommandRun.in(directory, "callers", "a.B", "--json");
        assertThat(missing.code()).isEqualTo(ExitCode.NOT_FOUND);
        JsonObject problem = JsonObject.of(Json.read(missing.out()));
        assertThat(problem.text("code")).isEqualTo("NOT_FOUND");
        assertThat(problem.number("status")).isEqualTo(404);
        assertThat(missing.err()).contains(problem.text("detail"));

        CommandRun wrong = CommandRun.in(directory, "callers", "--json");
        assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
        assertThat(JsonObject.of(Json.read(wrong.out())).text("detail")).startsWith("SYMBOL is missing");
        assertThat(CommandRun.in(directory, "callers", "--", "--json").out()).isEmpty();
    }

    @Test
    void run_outputThatCannotBeWritten_isAFailureUnlessTheReaderHasGone() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        assertThat(runInto("No space left on device", err)).isEqualTo(ExitCode.STORE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No space left on device", "standard output");
        err.reset();
        assertThat(runInto("Broken pipe", err)).isEqualTo(ExitCode.OK);
        assertThat(err.size()).isZero();
    }

    private ExitCode runInto(String failure, OutputStream err) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(failure);
            }
        };
        Terminal terminal = new Terminal(
                new AnswerStream(full),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                100,
                directory);
        return Main.run(List.of("--help"), terminal, false);
    }

    @Test
    void run_unknownCommand_suggestsTheNearest() {
        CommandRun run = CommandRun.in(directory, "caller", "x");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("there is no command 'caller'; did you mean callers?");
    }

    @Test
    void run_wrongValue_isWrongUsage() {
        CommandRun run = CommandRun.in(storeWithoutHolder(), "callers", "a.B", "--color", "green");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("quarry: --color takes auto, always or never");
    }

    @Test
    void run_notIndexed_saysHowToIndex() {
        CommandRun run = CommandRun.in(directory, "callers", "a.B");
        assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains("run 'quarry index DIR'").doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void run_storeThatIsNotThere_namesIt() {
        CommandRun run = CommandRun.in(directory, "search", "x", "--store", "elsewhere");
        assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).contains(directory.resolve("elsewhere").toString());
    }

    @Test
    void exitCode_eachErrorCode_isNeverSuccess() {
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(ExitCode.of(code)).isNotEqualTo(ExitCode.OK));
    }

    private Path storeWithoutHolder() {
        try {
            Files.createDirectories(directory.resolve(".quarry"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return directory;
    }
}
