package dev.quarry.tests;

import dev.quarry.mcp.Catalog;
import dev.quarry.mcp.McpEndpoint;
import dev.quarry.mcp.MessageLoop;
import dev.quarry.mcp.Prompt;
import dev.quarry.mcp.Resource;
import dev.quarry.mcp.Tool;
import dev.quarry.mcp.ToolReply;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the conformance suite asks each server to offer for its scenarios, beside what the server offers anyway. */
final class SuiteCatalog {
    private static final Map<String, Object> NO_ARGUMENTS = Map.of("type", "object");

    private SuiteCatalog() {}

    /** Speaks the protocol on the standard streams for the suite's own offers. */
    public static void main(String[] words) throws IOException {
        McpEndpoint endpoint =
                new McpEndpoint(with(new Catalog("suite", "Suite", "1", "", List.of(), List.of(), List.of())));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        MessageLoop.run(System.in, endpoint::answer, out::println, 2);
    }

    /** A catalogue and what the suite asks for. */
    static Catalog with(Catalog own) {
        List<Tool> tools = new ArrayList<>(own.tools());
        tools.add(tool(
                "test_simple_text", NO_ARGUMENTS, new ToolReply("This is a simple text response.", Map.of(), false)));
        tools.add(tool("test_error_handling", NO_ARGUMENTS, ToolReply.failure("This tool always fails.")));
        tools.add(tool("json_schema_2020_12_tool", schema(), new ToolReply("fine", Map.of(), false)));
        return new Catalog(
                own.name(),
                own.title(),
                own.version(),
                own.instructions(),
                tools,
                Stream.concat(own.resources().stream(), resources().stream()).toList(),
                Stream.concat(own.prompts().stream(), prompts().stream()).toList());
    }

    private static Tool tool(String name, Map<String, Object> input, ToolReply reply) {
        return new Tool(name, name, "For the conformance suite.", input, Map.of(), _ -> reply);
    }

    private static Map<String, Object> schema() {
        Map<String, Object> text = Map.of("type", "string");
        return Map.of(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "type",
                "object",
                "$defs",
                Map.of("address", Map.of("type", "object", "properties", Map.of("street", text, "city", text))),
                "properties",
                Map.of("name", text, "address", Map.of("$ref", "#/$defs/address")),
                "additionalProperties",
                false);
    }

    private static List<Resource> resources() {
        return List.of(
                new Resource(
                        "test://static-text",
                        "static-text",
                        "Static text",
                        "For the conformance suite.",
                        "text/plain",
                        _ -> "This is the content of the static text resource.",
                        (_, _) -> List.of()),
                new Resource(
                        "test://template/{id}/data",
                        "template",
                        "Template",
                        "For the conformance suite.",
                        "application/json",
                        uri -> "{\"id\": \"" + uri.split("/", -1)[3] + "\"}",
                        (_, _) -> List.of()));
    }

    private static List<Prompt> prompts() {
        return List.of(
                new Prompt(
                        "test_simple_prompt",
                        "Simple",
                        "For the conformance suite.",
                        List.of(),
                        _ -> "This is a simple prompt for testing.",
                        (_, _) -> List.of()),
                new Prompt(
                        "test_prompt_with_arguments",
                        "With arguments",
                        "For the conformance suite.",
                        List.of(
                                new Prompt.Argument("arg1", "first", true),
                                new Prompt.Argument("arg2", "second", true)),
                        given -> "Prompt with arguments: arg1='" + given.get("arg1") + "', arg2='" + given.get("arg2")
                                + "'",
                        (_, written) -> List.of(written + "is")));
    }
}
