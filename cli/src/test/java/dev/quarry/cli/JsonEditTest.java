package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEditTest {
    private static final String ENTRY = "{\n  \"command\" : \"q\"\n}";

    private static String edit(String document) {
        return JsonEdit.withMember(document, "servers", "quarry", ENTRY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{ }\n",
                "{\"a\": 1}",
                "{\n  \"a\": [1, {\"servers\": 2}]\n}\n",
                "{\"servers\": {}}",
                "{\"servers\":{\"other\":{\"x\":[1,2]}},\"b\":true}",
                "{\"servers\": {\"quarry\": {\"old\": 1}, \"other\": 2}}",
                "{\r\n  \"servers\": {\r\n    \"quarry\": 7\r\n  }\r\n}\r\n"
            })
    void withMember_anyDocument_hasTheEntryAndKeepsTheRest(String document) throws IOException {
        String edited = edit(document);
        Map<?, ?> after = (Map<?, ?>) Json.read(edited);
        Map<?, ?> before = document.isBlank() ? Map.of() : (Map<?, ?>) Json.read(document);
        assertThat(after).isNotNull();
        assertThat(before).isNotNull();
        Map<?, ?> servers = (Map<?, ?>) after.get("servers");
        assertThat(servers).isNotNull();
        assertThat(servers.get("quarry")).isEqualTo(Map.of("command", "q"));
        before.forEach((name, value) -> {
            if (!"servers".equals(name)) {
                assertThat(after.get(name)).isEqualTo(value);
            } else if (value instanceof Map<?, ?> others) {
                others.forEach((other, was) -> {
                    if (!"quarry".equals(other)) {
                        assertThat(servers.get(other)).isEqualTo(was);
                    }
                });
            }
        });
        assertThat(edit(edited)).as("a second time").isEqualTo(edited);
    }

    @Test
    void withMember_layoutAndComments_stay() {
        assertThat(edit("""
            {
              // mine
              "servers": {
                /* the other */
                "other": {"a": 1,},
              },
              "z": 1
            }
            """)).isEqualTo("""
                {
                  // mine
                  "servers": {
                    "quarry": {
                      "command" : "q"
                    },
                    /* the other */
                    "other": {"a": 1,},
                  },
                  "z": 1
                }
                """);
    }

    @Test
    void withMember_whatCannotBeRead_isRefused() {
        for (String broken :
                List.of("{", "[]", "{\"servers\": 1}", "{\"servers\": {\"a\": }}", "{\"a\": 1, \"a\": 2}", "x")) {
            assertThatThrownBy(() -> edit(broken)).as(broken).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
