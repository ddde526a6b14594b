package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEditTest {
    private static String edit(String document) {
        return JsonEdit.withMembers(document, "servers", "quarry", Map.of("command", "q"));
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
                "{\"servers\": {\"quarry\": {\"command\": 1}, \"other\": 2}}",
                "{\r\n  \"servers\": {\r\n    \"quarry\": 7\r\n  }\r\n}\r\n"
            })
    void withMembers_anyDocument_hasTheEntryAndKeepsTheRest(String document) throws IOException {
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
    void withMembers_layoutAndComments_stay() {
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
    void withMembers_entryThere_keepsWhatElseIsInIt() {
        String env = "\"env\": {\"A\": \"1\"}, \"disabled\": true";
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("command", "q");
        values.put("args", List.of("a"));
        assertThat(JsonEdit.withMembers(
                        "{\"servers\": {\"quarry\": {\"command\": \"old\", " + env + "}}}",
                        "servers",
                        "quarry",
                        values))
                .isEqualTo("{\"servers\": {\"quarry\": {\n      \"args\": [ \"a\" ],\n      \"command\": \"q\", " + env
                        + "}}}");
        String same = "{\"servers\": {\"quarry\": {\"args\": [\"a\"], \"command\": \"q\", " + env + "}}}";
        assertThat(JsonEdit.withMembers(same, "servers", "quarry", values)).isEqualTo(same);
    }

    @Test
    void withMembers_brokenDocument_isRefusedWithItsPlaceInPlainWords() {
        for (String broken : List.of("{\n  \"a\": [1,\n", "{\n\n x }")) {
            assertThatThrownBy(() -> edit(broken))
                    .as(broken)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at line 3, column ")
                    .hasMessageNotContaining("Source");
        }
    }

    @Test
    void withMembers_whatCannotBeRead_isRefused() {
        for (String broken :
                List.of("{", "[]", "{\"servers\": 1}", "{\"servers\": {\"a\": }}", "{\"a\": 1, \"a\": 2}", "x")) {
            assertThatThrownBy(() -> edit(broken)).as(broken).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
