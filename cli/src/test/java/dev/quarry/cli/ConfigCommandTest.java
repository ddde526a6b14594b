package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.ConfigFile;
import dev.quarry.schema.QuarryException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @TempDir
    private Path directory;

    private Path file;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void name() {
        file = directory.resolve("config.toml");
    }

    private CommandRun config(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "config";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = file.toString();
        return CommandRun.in(directory, all);
    }

    private ExitCode wizard(String answers) {
        Terminal terminal = new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                100,
                directory);
        return new ConfigWizard(new BufferedReader(new StringReader(answers)), terminal, Map.of("LLM_KEY", "sk-secret"))
                .run(ConfigFile.read(file));
    }

    @Test
    void config_showCheckSet_neverShowAKey() throws IOException {
        Files.writeString(
                file,
                "[[backend]]\nkind = \"openai\"\nmodel = \"m\"\nkey_file = \"" + directory.resolve("key") + "\"\n");
        Files.writeString(directory.resolve("key"), "sk-secret");
        CommandRun shown = config("show");
        assertThat(shown.out()).contains("openai", "m", "key: file ").doesNotContain("sk-secret");
        assertThat(config("check").code()).isEqualTo(ExitCode.OK);
        assertThat(config("set", "backend.openai.model", "n").code()).isEqualTo(ExitCode.OK);
        assertThat(config("show", "--json").out()).contains("\"model\" : \"n\"").doesNotContain("sk-secret");
        Files.delete(directory.resolve("key"));
        assertThat(config("check").err()).contains("key file", "cannot be read");
    }

    @Test
    void config_show_tellsCacheAndPrices() throws IOException {
        Files.writeString(file, """
                [[backend]]
                kind = "openai"
                model = "m"
                usd_per_million_input = 3
                usd_per_million_output = 15.5
                [ask]
                cache = false
                """);
        assertThat(config("show").out()).contains("3.0 read, 15.5 written", "no answers are kept");
        assertThat(config("show", "--json").out())
                .contains("\"cache\" : false", "\"usdPerMillionInput\" : 3.0", "\"usdPerMillionOutput\" : 15.5");
    }

    @Test
    void config_check_tellsOfEachKeyThatCannotBeRead() throws IOException {
        Files.writeString(file, """
                [[backend]]
                name = "one"
                kind = "openai"
                model = "m"
                key_env = "QUARRY_TEST_NO_SUCH_KEY"
                [[backend]]
                name = "two"
                kind = "openai"
                model = "m"
                key_file = "/no/such/key"
                """);
        CommandRun run = config("check");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains(file + ": backend 'one': the environment variable QUARRY_TEST_NO_SUCH_KEY is not set")
                .contains(file + ": backend 'two': the key file /no/such/key cannot be read");
        assertThat(run.out()).contains("one", "two");
    }

    @Test
    void requireThere_environmentThatNamesAMissingFile_namesFileAndVariable() throws IOException {
        Map<String, String> environment = Map.of("QUARRY_CONFIG", file.toString());
        assertThatThrownBy(() -> ConfigCommand.requireThere(Optional.empty(), environment))
                .isInstanceOf(QuarryException.class)
                .hasMessageContainingAll(file.toString(), "QUARRY_CONFIG");
        assertThatThrownBy(() -> ConfigCommand.requireThere(Optional.of(file), Map.of()))
                .hasMessageContainingAll(file.toString(), "--config");
        ConfigCommand.requireThere(Optional.empty(), Map.of());
        Files.createFile(file);
        ConfigCommand.requireThere(Optional.empty(), environment);
    }

    @Test
    void config_whatIsWrong_isWrongUsage() {
        assertThat(config("list").code()).isEqualTo(ExitCode.USAGE);
        assertThat(config("set", "ask.context_tokens").err()).contains("VALUE");
        assertThat(config("set", "no.such.key", "1").code()).isEqualTo(ExitCode.USAGE);
        assertThat(config("set", "ask.context_tokens", "many").err()).contains("ask.context_tokens", "whole number");
        assertThat(config("set", "traces.keep", "1").err()).contains("traces.keep", "keep_days");
        assertThat(file).doesNotExist();
    }

    @Test
    void config_namedFileThatIsNotThere_isNotFoundByAllWhoReadIt() throws IOException {
        for (String action : List.of("show", "check")) {
            CommandRun run = config(action);
            assertThat(run.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run.err()).contains(file.toString(), "--config");
        }
        Files.writeString(directory.resolve("A.java"), "class A {}");
        CommandRun serve = CommandRun.in(directory, "serve", "--port", "0", "--config", file.toString());
        assertThat(serve.code()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(serve.err()).contains(file.toString());
        try (FakeServer server = FakeServer.holding(directory.resolve(".quarry"), 200, "{}")) {
            CommandRun ask = CommandRun.in(directory, "ask", "x", "--config", file.toString());
            assertThat(ask.code()).isEqualTo(ExitCode.NOT_FOUND);
            assertThat(ask.err()).contains(file.toString());
            assertThat(server.requests()).isEmpty();
        }
        Arguments doctor = Arguments.parse(new DoctorCommand().spec(), List.of("--config", file.toString()));
        Terminal terminal = Terminal.of(System.out, System.err, "", Map.of());
        assertThat(BackendChecks.all(doctor, terminal, Map.of()).getFirst().detail())
                .contains(file.toString());
        assertThat(TelemetryCheck.check(doctor, terminal, Map.of()).state()).isEqualTo(Finding.State.FAILURE);
    }

    @Test
    void config_setInAFileThatIsNotThere_makesIt() {
        assertThat(config("set", "ask.context_tokens", "900").code()).isEqualTo(ExitCode.OK);
        assertThat(file).exists();
    }

    @Test
    void wizard_modelThatReplies_isAdded() {
        try (FakeProvider provider = new FakeProvider()) {
            String url = provider.url().toString();
            assertThat(wizard("openai\n" + url + "\ntiny\nLLM_KEY\nmine\n")).isEqualTo(ExitCode.OK);
            List<BackendConfig> backends = ConfigFile.read(file).backends();
            assertThat(backends).extracting(BackendConfig::name).containsExactly("mine");
            assertThat(provider.seen().getFirst().authorization()).isEqualTo("Bearer sk-secret");
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("replies").doesNotContain("sk-secret");
        }
    }

    @Test
    void wizard_modelThatFails_isAddedOnlyIfWanted() {
        try (FakeProvider provider = new FakeProvider().failing(Fault.REFUSING, Fault.REFUSING)) {
            String url = provider.ollamaUrl().toString();
            String answers = "ollama\n" + url + "\ntiny\n\n\n";
            assertThatThrownBy(() -> wizard(answers + "n\n")).isInstanceOf(UsageException.class);
            assertThat(file).doesNotExist();
            assertThat(wizard(answers + "y\n")).isEqualTo(ExitCode.OK);
            assertThat(ConfigFile.read(file).backends().getFirst().key().shown())
                    .isEqualTo("none");
        }
    }

    @Test
    void check_backends_areTriedForReal() throws IOException {
        try (FakeProvider good = new FakeProvider();
                FakeProvider bad = new FakeProvider().failing(Fault.FAILING)) {
            ConfigFile both = ConfigFile.read(file)
                    .withBackend(BackendConfig.of("good", BackendKind.ANTHROPIC, good.url(), FakeProvider.MODEL)
                            .withKey(new dev.quarry.llm.Secret.File(Files.writeString(directory.resolve("key"), "k"))))
                    .withBackend(BackendConfig.of("bad", BackendKind.OPENAI, bad.url(), FakeProvider.MODEL));
            both.write();
            Arguments arguments = Arguments.parse(new DoctorCommand().spec(), List.of("--config", file.toString()));
            Terminal terminal = Terminal.of(System.out, System.err, "", Map.of());
            List<Finding> findings = BackendChecks.all(arguments, terminal, Map.of());
            assertThat(findings).extracting(Finding::state).containsExactly(Finding.State.OK, Finding.State.FAILURE);
            assertThat(findings.getLast().detail()).contains("'bad'", "500");
            assertThat(findings.getLast().remedy()).isNotBlank();
        }
    }
}
