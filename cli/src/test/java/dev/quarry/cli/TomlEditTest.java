package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TomlEditTest {
    private static final String BODY = "command = \"q\"\n";

    private static String edit(String document) {
        return TomlEdit.withTable(document, "mcp_servers.quarry", BODY);
    }

    @Test
    void withTable_new_isAppended() {
        assertThat(edit("")).isEqualTo("[mcp_servers.quarry]\ncommand = \"q\"\n");
        assertThat(edit("model = \"x\" # mine\n\n[other]\na = 1"))
                .isEqualTo("model = \"x\" # mine\n\n[other]\na = 1\n\n[mcp_servers.quarry]\ncommand = \"q\"\n");
    }

    @Test
    void withTable_there_isReplacedInItsPlace() {
        String document = """
            a = 1
            [ mcp_servers.quarry ] # old
            command = "old"
            args = []

            # of the next
            [[next]]
            b = 2
            """;
        String edited = edit(document);
        assertThat(edited).isEqualTo("""
            a = 1
            [mcp_servers.quarry]
            command = "q"

            # of the next
            [[next]]
            b = 2
            """);
        assertThat(edit(edited)).isEqualTo(edited);
    }

    @Test
    void withTable_formsThatAreNotUnderstood_areRefused() {
        for (String document : List.of("mcp_servers = {}\n", "mcp_servers.x = 1\n", "a = \"\"\"\n[x]\n\"\"\"\n")) {
            assertThatThrownBy(() -> edit(document)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void quoted_backslashesAndQuotes_areEscaped() {
        assertThat(TomlEdit.quoted("C:\\a \"b\"")).isEqualTo("\"C:\\\\a \\\"b\\\"\"");
    }
}
