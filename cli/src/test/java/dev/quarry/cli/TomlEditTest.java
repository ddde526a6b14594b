package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TomlEditTest {
    private static final String NEW = """
            [mcp_servers.quarry-repo]
            command = "q"
            args = ["a", "b"]
            """;
    private static final Map<String, Object> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("command", "q");
        VALUES.put("args", List.of("a", "b"));
    }

    private static String edit(String document) {
        String edited = TomlEdit.withKeys(document, List.of("mcp_servers", "quarry-repo"), VALUES);
        assertThat(TomlEdit.withKeys(edited, List.of("mcp_servers", "quarry-repo"), VALUES))
                .as("a second time")
                .isEqualTo(edited);
        return edited;
    }

    @Test
    void withKeys_newTable_isAppended() {
        assertThat(edit("")).isEqualTo(NEW);
        String before = "model = \"x\" # mine\n\n[other]\na = 1\n";
        assertThat(edit(before)).isEqualTo(before + "\n" + NEW);
        assertThat(edit(before.strip())).isEqualTo(before + "\n" + NEW);
        String windows = "[mcp_servers.quarry-repo.env]\r\nA = \"1\"\r\n";
        assertThat(edit(windows)).isEqualTo(windows + "\r\n" + NEW.replace("\n", "\r\n"));
        assertThat(edit("a = \"\"\"\n[mcp_servers.quarry-repo]\n\"\"\"\n")).endsWith("args = [\"a\", \"b\"]\n");
    }

    @Test
    void withKeys_tableThere_keepsWhatElseIsInIt() {
        assertThat(edit("""
            a = 1
            [ mcp_servers."quarry-repo" ] # old
            startup_timeout_sec = 20
              command = "old#" # mine

            args = [
              "a",
              [1], # deep
            ]
            [mcp_servers.quarry-repo.env]
            A = "1"

            # of the next
            [[next]]
            b = 2
            """)).isEqualTo("""
            a = 1
            [ mcp_servers."quarry-repo" ] # old
            startup_timeout_sec = 20
              command = "q" # mine

            args = ["a", "b"]
            [mcp_servers.quarry-repo.env]
            A = "1"

            # of the next
            [[next]]
            b = 2
            """);
        assertThat(edit("[mcp_servers.quarry-repo]\nenabled = false\n[x]\n"))
                .isEqualTo("[mcp_servers.quarry-repo]\ncommand = \"q\"\nargs = [\"a\", \"b\"]\nenabled = false\n[x]\n");
        assertThat(edit("[mcp_servers.quarry-repo]"))
                .isEqualTo("[mcp_servers.quarry-repo]\ncommand = \"q\"\nargs = [\"a\", \"b\"]\n");
    }

    @Test
    void withKeys_saidAlreadyInAnyForm_changesNothing() {
        for (String document : List.of(
                "[mcp_servers]\nquarry-repo = { command = \"q\", args = [\"a\", \"b\"], enabled = false }\n",
                "[mcp_servers.\"quarry-repo\"]\ncommand = 'q'\nargs = [\n\"a\",\n\"b\"]\n")) {
            assertThat(edit(document)).isEqualTo(document);
        }
    }

    @Test
    void withKeys_formsThatAreNotEditedLineByLine_areRefused() {
        for (String document : List.of(
                "mcp_servers = {}\n",
                "mcp_servers = 1\n",
                "[[mcp_servers]]\n",
                "[mcp_servers]\nquarry-repo = { command = \"y\" }\n",
                "[mcp_servers]\nquarry-repo.command = \"y\"\n",
                "[mcp_servers.quarry-repo]\ncommand.x = 1\ncommand.y = 2\n")) {
            assertThatThrownBy(() -> edit(document)).as(document).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void withKeys_brokenDocument_isRefusedWithItsLine() {
        assertThatThrownBy(() -> edit("a = 1\nb = \n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void lines_backslashesAndQuotes_areEscaped() {
        assertThat(TomlEdit.lines(Map.of("command", "C:\\a \"b\""))).isEqualTo("command = \"C:\\\\a \\\"b\\\"\"\n");
    }
}
