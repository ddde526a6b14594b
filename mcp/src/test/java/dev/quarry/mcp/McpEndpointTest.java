package dev.quarry.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the protocol asks of any server, with a catalogue of one of each. */
class McpEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final McpEndpoint endpoint = new McpEndpoint(new Catalog(
            "name",
            "Title",
            "1.2",
            "Ask.",
            List.of(
                    new Tool(
                            "echo",
                            "Echo",
                            "Says it again.",
                            Schemas.arguments(List.of("text"), "text", Schemas.text("what")),
                            Schemas.object(List.of("said"), "said", Schemas.text("it")),
                            arguments -> ToolReply.of("!", Map.of("said", arguments.text("text")))),
                    new Tool("broken", "Broken", "Throws.", Schemas.arguments(List.of()), Map.of(), _ -> {
                        throw new IllegalStateException("secret detail");
                    })),
            List.of(new Resource(
                    "r://{name}",
                    "r",
                    "R",
                    "One of many.",
                    "text/plain",
                    uri -> {
                        if (uri.endsWith("none")) {
                            throw new QuarryException(ErrorCode.NOT_FOUND, "there is none: take another");
                        }
                        return "text of " + uri;
                    },
                    (_, written) -> List.of(written + "1"))),
            List.of(new Prompt(
                    "p",
                    "P",
                    "Asks.",
                    List.of(new Prompt.Argument("what", "what about", true)),
                    given -> "About " + given.get("what"),
                    (_, _) -> List.of()))));

    private JsonNode ask(String method, String params) throws IOException {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"" + method + "\",\"params\":" + params + "}";
        JsonNode answer = JSON.readTree(endpoint.answer(message).orElseThrow());
        assertThat(answer.get("id").asText()).isEqualTo("q");
        assertThat(answer.get("jsonrpc").asText()).isEqualTo("2.0");
        return answer;
    }

    @Test
    void initialize_anyKnownVersion_isSpoken() throws IOException {
        for (String version : List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")) {
            JsonNode result = ask(
                            "initialize",
                            "{\"protocolVersion\":\"" + version
                                    + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}")
                    .get("result");
            assertThat(result.get("protocolVersion").asText()).isEqualTo(version);
            assertThat(result.get("serverInfo").get("version").asText()).isEqualTo("1.2");
            assertThat(result.get("instructions").asText()).isEqualTo("Ask.");
        }
    }

    @Test
    void tools_areReadOnlyAndHaveSchemas() throws IOException {
        JsonNode tool = ask("tools/list", "{}").get("result").get("tools").get(0);
        assertThat(tool.get("annotations").get("readOnlyHint").asBoolean()).isTrue();
        assertThat(tool.get("inputSchema").get("required").get(0).asText()).isEqualTo("text");
        assertThat(tool.get("outputSchema").get("type").asText()).isEqualTo("object");
    }

    @Test
    void call_givesTreeAndText() throws IOException {
        JsonNode result = ask("tools/call", "{\"name\":\"echo\",\"arguments\":{\"text\":\"a\"}}")
                .get("result");
        assertThat(result.get("structuredContent").get("said").asText()).isEqualTo("a");
        assertThat(result.get("content").get(0).get("text").asText()).isEqualTo("!");
    }

    @Test
    void call_argumentsThatDoNotFit_isAFailureOfTheCall() throws IOException {
        JsonNode result = ask("tools/call", "{\"name\":\"echo\",\"arguments\":{\"txt\":1}}")
                .get("result");
        assertThat(result.get("isError").asBoolean()).isTrue();
        assertThat(result.toString()).contains("text");
        assertThat(ask("tools/call", "{\"name\":\"nothing\"}").has("error")).isTrue();
    }

    @Test
    void call_defect_isAnsweredWithoutItsDetail() throws IOException {
        assertThat(ask("tools/call", "{\"name\":\"broken\",\"arguments\":{}}").toString())
                .contains("defect")
                .doesNotContain("secret");
    }

    @Test
    void resources_missing_isAnErrorThatSaysSo() throws IOException {
        assertThat(ask("resources/read", "{\"uri\":\"r://a\"}").toString()).contains("text of r://a");
        assertThat(ask("resources/read", "{\"uri\":\"r://none\"}")
                        .get("error")
                        .get("message")
                        .asText())
                .isEqualTo("NOT_FOUND: there is none: take another");
    }

    @Test
    void prompts_areFilledIn() throws IOException {
        assertThat(ask("prompts/get", "{\"name\":\"p\",\"arguments\":{\"what\":\"x\"}}")
                        .toString())
                .contains("About x");
        assertThat(ask("prompts/get", "{\"name\":\"p\",\"arguments\":{}}").has("error"))
                .isTrue();
    }

    @Test
    void messages_withoutAnswer_areAccepted() {
        assertThat(endpoint.answer("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .isEmpty();
        assertThat(endpoint.answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"))
                .isEmpty();
    }

    @Test
    void messages_thatAreNoJson_areRefusedWithoutId() throws IOException {
        for (String message : List.of("", "x", "{", "{} {", "[")) {
            JsonNode answer = JSON.readTree(endpoint.answer(message).orElseThrow());
            assertThat(answer.get("error").get("code").asInt()).as(message).isEqualTo(-32_700);
            assertThat(answer.get("id").isNull()).isTrue();
        }
    }

    @Test
    void messages_thatAreJsonButNoRequest_areRefusedWithTheIdIfThereIsOne() throws IOException {
        String method = ",\"method\":\"ping\"}";
        for (String message : List.of(
                "[]",
                "{}",
                "{\"jsonrpc\":\"1.0\"}",
                "null",
                "7",
                "{\"jsonrpc\":\"2.0\",\"id\":28}",
                "{\"jsonrpc\":\"1.0\",\"id\":28" + method,
                "{\"jsonrpc\":\"1.0\"" + method,
                "{\"id\":28" + method,
                "{\"jsonrpc\":\"2.0\",\"id\":null" + method,
                "{\"jsonrpc\":\"2.0\",\"id\":1.5" + method,
                "{\"jsonrpc\":\"2.0\",\"id\":{}" + method,
                "[{\"jsonrpc\":\"2.0\",\"id\":1" + method + "]")) {
            JsonNode answer = JSON.readTree(endpoint.answer(message).orElseThrow());
            assertThat(answer.get("error").get("code").asInt()).as(message).isEqualTo(-32_600);
            assertThat(answer.get("id").toString()).isEqualTo(message.contains("28") ? "28" : "null");
        }
    }

    @Test
    void parameters_malformed_areNamedAndNotCalledADefect() throws IOException {
        Map<String, List<String>> wrong = Map.of(
                "tools/call",
                List.of("null>params", "[1]>params", "{}>name", "{\"name\":\"echo\",\"arguments\":[1]}>arguments"),
                "prompts/get",
                List.of("7>params", "{\"name\":1}>name"),
                "resources/read",
                List.of("{}>uri"),
                "completion/complete",
                List.of(
                        "{}>ref",
                        "{\"ref\":{\"type\":\"x\"}}>ref.type",
                        "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"}}>argument"),
                "tools/list",
                List.of("[1]>params", "{\"cursor\":\"x\"}>x"),
                "resources/templates/list",
                List.of("{\"cursor\":7}>7"),
                "initialize",
                List.of(
                        "{}>protocolVersion",
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":[1]}>capabilities"));
        for (Map.Entry<String, List<String>> method : wrong.entrySet()) {
            for (String each : method.getValue()) {
                String[] parts = each.split(">", -1);
                JsonNode reply = ask(method.getKey(), parts[0]);
                assertThat(reply.has("error")).as(each + reply).isTrue();
                JsonNode error = reply.get("error");
                assertThat(error.get("code").asInt()).as(each + error).isEqualTo(-32_602);
                assertThat(error.get("message").asText()).contains("'" + parts[1] + "'");
            }
        }
        String bare = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}";
        assertThat(endpoint.answer(bare).orElseThrow()).contains("-32602", "'params' is missing");
    }

    @Test
    void names_unknown_areToldWithThoseThatAreKnown() throws IOException {
        assertThat(ask("tools/call", "{\"name\":\"eco\"}").get("error").toString())
                .contains("-32602", "'eco'", "echo, broken");
        assertThat(ask("prompts/get", "{\"name\":\"q\"}").get("error").toString())
                .contains("-32602", "'q'", "name one of p");
    }

    @Test
    void version_unknownInTheHeader_isRefused() {
        assertThat(endpoint.answer("{}", _ -> Optional.of("1999-01-01")).status())
                .isEqualTo(400);
    }

    @Test
    void failure_ofARequest_isItsAnswer() throws IOException {
        QuarryException cause = new QuarryException(ErrorCode.BUSY, "held: wait");
        String request = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}";
        JsonNode answer = JSON.readTree(endpoint.failure(request, cause).orElseThrow());
        assertThat(answer.get("id").asInt()).isEqualTo(5);
        assertThat(answer.get("error").get("message").asText()).isEqualTo("BUSY: held: wait");
        assertThat(endpoint.failure("{\"jsonrpc\":\"2.0\",\"method\":\"n\"}", cause))
                .isEmpty();
    }
}
