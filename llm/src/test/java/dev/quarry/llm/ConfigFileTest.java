package dev.quarry.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private static final String TWO = """
        # my models
        [[backend]]
        name = "local"
        kind = "openai"
        url = "http://127.0.0.1:8080/v1/" # llama.cpp
        model = "qwen"
        first_token_seconds = 90

        [[backend]]
        kind = "anthropic"
        model = "some-model"
        key_env = "LLM_KEY"
        usd_per_million_input = 3
        usd_per_million_output = 15.0

        [ask]
        context_tokens = 6000
        """;

    @TempDir
    private Path directory;

    private ConfigFile file(String text) {
        return ConfigFile.parse(directory.resolve("config.toml"), text);
    }

    @Test
    void backends_inTheirOrder_haveWhatIsWrittenAndTheUsual() {
        List<BackendConfig> backends = file(TWO).backends();
        assertThat(backends).hasSize(2);
        BackendConfig local = backends.getFirst();
        assertThat(local.url()).isEqualTo(URI.create("http://127.0.0.1:8080/v1"));
        assertThat(local.firstToken()).isEqualTo(Duration.ofSeconds(90));
        assertThat(local.total()).isEqualTo(BackendConfig.TOTAL);
        assertThat(local.key()).isEqualTo(new Secret.None());
        BackendConfig other = backends.getLast();
        assertThat(other.name()).isEqualTo("anthropic");
        assertThat(other.key()).isEqualTo(new Secret.Environment("LLM_KEY"));
        assertThat(other.prices()).contains(new BackendConfig.Prices(3, 15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [[backend]]|backend 1.kind is missing
        [[backend]]\\nkind="gpt"|'gpt' is none of openai, anthropic, ollama
        [[backend]]\\nkind="ollama"|backend 1.model is missing
        [[backend]]\\nkind="anthropic"\\nmodel="m"|backend 1.key_env is missing
        [[backend]]\\nkind="openai"\\nmodel="m"\\napi_key="x"|backend 1.api_key is not known
        [[backend]]\\nkind="openai"\\nmodel="m"\\nkey_env="sk-123 456"|no name of a variable
        [[backend]]\\nkind="openai"\\nmodel="m"\\nkey_env="A"\\nkey_file="b"|keep one
        [[backend]]\\nkind="openai"\\nmodel="m"\\nurl="ftp://a"|must be http:// or https://
        [[backend]]\\nkind="openai"\\nmodel="m"\\nurl="http://me:pw@a/v1"|without user
        [[backend]]\\nkind="openai"\\nmodel="m"\\nretries=11|must be a whole number from 0 to 10
        [[backend]]\\nkind="openai"\\nmodel="m"\\n[[backend]]\\nkind="openai"\\nmodel="m"|is taken by another
        [backend]\\nkind="openai"|begin each with [[backend]]
        [backends]|[backends] is not known
        a = |is no TOML
        """)
    void read_whatIsWrong_namesFileKeyAndRemedy(String text, String message) {
        assertThatThrownBy(() -> file(text.replace("\\n", "\n")).backends())
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("config.toml");
    }

    @Test
    void read_aKeyInPlaceOfItsName_isNotRepeated() {
        String text = "[[backend]]\nkind=\"openai\"\nmodel=\"m\"\nkey_env=\"sk-very-secret\"";
        assertThatThrownBy(() -> file(text).backends())
                .hasMessageContaining("key_env")
                .hasMessageNotContaining("very-secret");
    }

    @Test
    void with_aChangedValue_keepsComments() {
        ConfigFile changed = file(TWO).with("backend.local.model", "llama").with("ask.context_tokens", "9000");
        assertThat(changed.text()).contains("# my models", "# llama.cpp", "model = \"llama\"");
        assertThat(changed.backends().getFirst().model()).isEqualTo("llama");
        assertThat(changed.table("ask").number("context_tokens", 1, 1, 10_000)).isEqualTo(9_000);
        assertThat(file(TWO).with("traces.enabled", "false").table("traces").truth("enabled", true))
                .isFalse();
    }

    @Test
    void with_whatIsWrong_isRefused() {
        assertThatThrownBy(() -> file(TWO).with("backend.other.model", "x")).hasMessageContaining("local");
        assertThatThrownBy(() -> file(TWO).with("backend.local.retries", "many"))
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> file(TWO).with("model", "x")).hasMessageContaining("backend.NAME.KEY");
    }

    @Test
    void withBackend_written_isReadAgainByItsOwnerOnly() throws IOException {
        Path path = directory.resolve("new").resolve("config.toml");
        BackendConfig backend = BackendConfig.of("b\"1", BackendKind.OLLAMA, URI.create("http://127.0.0.1:1"), "m");
        assertThatThrownBy(() -> ConfigFile.read(path).withBackend(backend).backends())
                .hasMessageContaining("letters");
        BackendConfig good = BackendConfig.of("b1", BackendKind.OLLAMA, URI.create("http://127.0.0.1:1"), "m");
        ConfigFile.read(path).withBackend(good).write();
        ConfigFile.read(path)
                .withBackend(BackendConfig.of("b2", BackendKind.OPENAI, good.url(), "n"))
                .write();
        assertThat(ConfigFile.read(path).backends())
                .extracting(BackendConfig::name)
                .containsExactly("b1", "b2");
        assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
    }

    @Test
    void location_namedElseVariableElseDirectory_isThat() {
        Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", "/x");
        assertThat(ConfigFile.location(Optional.empty(), xdg)).isEqualTo(Path.of("/x/quarry/config.toml"));
        Map<String, String> both = Map.of("XDG_CONFIG_HOME", "/x", "QUARRY_CONFIG", "/y.toml");
        assertThat(ConfigFile.location(Optional.empty(), both)).isEqualTo(Path.of("/y.toml"));
        assertThat(ConfigFile.location(Optional.of(Path.of("/z.toml")), both)).isEqualTo(Path.of("/z.toml"));
        assertThat(ConfigFile.read(Path.of("/nowhere/config.toml")).backends()).isEmpty();
    }

    @Test
    void secret_inAFile_isItsOnlyLine() throws IOException {
        Path key = directory.resolve("key");
        Files.writeString(key, "abc\n");
        assertThat(new Secret.File(key).read(Map.of())).contains("abc");
        Files.writeString(key, "a\nb\n");
        assertThatThrownBy(() -> new Secret.File(key).read(Map.of())).hasMessageContaining("one line");
        assertThatThrownBy(() -> new Secret.File(directory.resolve("none")).read(Map.of()))
                .hasMessageContaining("none");
    }
}
