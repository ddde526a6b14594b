package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class McpInstallTest {
    @TempDir
    private Path folder;

    private McpInstall.Place place;
    private Path store;

    @BeforeEach
    void prepare() throws IOException {
        place = new McpInstall.Place(
                Files.createDirectory(folder.resolve("my project")),
                Files.createDirectory(folder.resolve("home")),
                Files.createDirectory(folder.resolve("settings")));
        store = place.project().resolve(".quarry");
    }

    private List<McpInstall.Outcome> install(Optional<String> client, boolean isDryRun) {
        return new McpInstall(place, store, isDryRun).run(client);
    }

    @ParameterizedTest
    @EnumSource
    void install_eachClient_writesItsFileOnce(McpClient client) throws IOException {
        Path file = client.file(place);
        assertThat(install(Optional.of(client.clientName()), true))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.what()).startsWith("would be");
                    assertThat(outcome.file()).isEqualTo(file);
                });
        assertThat(file).doesNotExist();
        install(Optional.of(client.clientName()), false);
        String written = Files.readString(file);
        assertThat(written).contains(client.member(), "quarry", "mcp", "--store", store.toString());
        assertThat(install(Optional.of(client.clientName()), false))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.what()).startsWith("is set up already"));
        assertThat(Files.readString(file)).isEqualTo(written);
        assertThat(client.isThere(place) || client == McpClient.CLAUDE_CODE_USER)
                .isTrue();
    }

    @Test
    void install_fileWithOthers_keepsThemAndACopy() throws IOException {
        Path file = place.project().resolve(".mcp.json");
        String before = "{\"mcpServers\": {\"other\": {\"command\": \"x\"}}}";
        Files.writeString(file, before);
        install(Optional.of("claude-code"), false);
        assertThat(Files.readString(file)).contains("\"other\": {\"command\": \"x\"}", "\"quarry\"");
        assertThat(file.resolveSibling(".mcp.json.quarry-backup")).hasContent(before);
    }

    @Test
    void install_fileThatCannotBeRead_isLeftAloneAndTheEntryTold() throws IOException {
        Path file = place.project().resolve(".mcp.json");
        Files.writeString(file, "{ broken");
        assertThatThrownBy(() -> install(Optional.of("claude-code"), false))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("by hand");
        assertThat(file).hasContent("{ broken");
    }

    @Test
    void install_fileWithAByteOrderMark_keepsIt() throws IOException {
        Path file = place.project().resolve(".mcp.json");
        Files.writeString(file, "\uFEFF{\"a\": 1}");
        install(Optional.of("claude-code"), false);
        assertThat(Files.readString(file)).startsWith("\uFEFF{").contains("\"a\": 1", "\"quarry\"");
    }

    @Test
    void install_ownEntryWithMore_keepsIt() throws IOException {
        Path json = place.project().resolve(".mcp.json");
        Path toml = Files.createDirectory(place.home().resolve(".codex")).resolve("config.toml");
        Files.writeString(json, "{\"mcpServers\": {\"quarry\": {\"command\": \"old\", \"env\": {\"A\": \"1\"}}}}");
        Files.writeString(toml, "[mcp_servers.quarry-my-project]\ncommand = \"old\"\nenabled = false\n");
        install(Optional.empty(), false);
        assertThat(Files.readString(json))
                .contains("\"env\": {\"A\": \"1\"}", "\"--store\"")
                .doesNotContain("old");
        assertThat(Files.readString(toml))
                .contains("enabled = false", "\"--store\"")
                .doesNotContain("old");
        assertThat(install(Optional.empty(), false))
                .allSatisfy(outcome -> assertThat(outcome.what()).startsWith("is set up already"));
    }

    @Test
    void install_codexThatIsBroken_isLeftAloneAndItsLineTold() throws IOException {
        Path file = Files.createDirectory(place.home().resolve(".codex")).resolve("config.toml");
        Files.writeString(file, "a = 1\nb = \n");
        assertThatThrownBy(() -> install(Optional.of("codex"), false))
                .isInstanceOf(QuarryException.class)
                .hasMessageContainingAll(file.toString(), "line 2", "by hand");
        assertThat(file).hasContent("a = 1\nb = \n");
    }

    @Test
    void install_allWithABrokenOne_goesOnAndTellsOfEach() throws IOException {
        Path broken = place.project().resolve(".mcp.json");
        Files.writeString(broken, "{ broken");
        Files.createDirectory(place.home().resolve(".codex"));
        List<McpInstall.Outcome> outcomes = install(Optional.empty(), false);
        assertThat(outcomes).extracting(McpInstall.Outcome::client).containsExactly("claude-code", "codex");
        assertThat(outcomes.getFirst().what()).isEqualTo("cannot be set up");
        assertThat(outcomes.getFirst().problem().orElseThrow()).contains(broken.toString(), "line 1");
        assertThat(outcomes.getLast().problem()).isEmpty();
        assertThat(place.home().resolve(".codex/config.toml")).exists();
    }

    @Test
    void install_fileBehindALink_isWrittenWhereItIs() throws IOException {
        Path real = place.home().resolve("dotfiles.json");
        Files.writeString(real, "{}");
        Path link = place.home().resolve(".claude.json");
        Files.createSymbolicLink(link, real);
        install(Optional.of("claude-code-user"), false);
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real)).contains("quarry-my-project");
    }

    @Test
    void install_withoutName_setsUpThoseThatAreThere() throws IOException {
        assertThatThrownBy(() -> install(Optional.empty(), false)).hasMessageContaining("claude-code");
        Files.createDirectory(place.home().resolve(".codex"));
        Files.createDirectory(place.home().resolve(".cursor"));
        assertThat(install(Optional.empty(), false).stream().map(McpInstall.Outcome::client))
                .containsExactly("cursor", "codex");
    }
}
