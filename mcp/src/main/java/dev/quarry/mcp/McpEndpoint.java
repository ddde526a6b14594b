package dev.quarry.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.MessageEndpoint;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import io.modelcontextprotocol.util.McpUriTemplateManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Speaks the Model Context Protocol for a catalogue: a message in, at most one message out, nothing kept between them. So
 * the same endpoint serves HTTP and the standard streams. The only class that knows the protocol's library.
 *
 * <p>Safe for use by several threads; a call blocks until the answer is there.
 */
public final class McpEndpoint implements MessageEndpoint {
    /** Where a server offers it. */
    public static final String PATH = "/mcp";

    private static final Logger log = LoggerFactory.getLogger(McpEndpoint.class);
    private static final String VERSION_HEADER = "MCP-Protocol-Version";
    private static final String DEFECT = "Quarry has a defect; its log tells more: report it with that part";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;

    private static final List<String> VERSIONS = List.of(
            ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ParameterCheck check;
    private final McpJsonMapper json = new JacksonMcpJsonMapper(new ObjectMapper());
    private final Wire wire = new Wire();

    /** An endpoint for what this catalogue offers. */
    public McpEndpoint(Catalog catalog) {
        check = new ParameterCheck(catalog);
        List<SyncCompletionSpecification> completions = new ArrayList<>();
        List<SyncResourceSpecification> resources = new ArrayList<>();
        List<SyncResourceTemplateSpecification> templates = new ArrayList<>();
        for (Resource resource : catalog.resources()) {
            if (resource.isTemplate()) {
                templates.add(template(resource));
                completions.add(completion(new McpSchema.ResourceReference(resource.uri()), resource.completion()));
            } else {
                resources.add(resource(resource));
            }
        }
        for (Prompt prompt : catalog.prompts()) {
            if (!prompt.arguments().isEmpty()) {
                completions.add(completion(new McpSchema.PromptReference(prompt.name()), prompt.completion()));
            }
        }
        McpServer.sync(wire)
                .jsonMapper(json)
                .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                .uriTemplateManagerFactory(Templates::new)
                .serverInfo(McpSchema.Implementation.builder(catalog.name(), catalog.version())
                        .title(catalog.title())
                        .build())
                .instructions(catalog.instructions())
                .capabilities(capabilities())
                .immediateExecution(true)
                .tools(catalog.tools().stream().map(McpEndpoint::tool).toList())
                .resources(resources)
                .resourceTemplates(templates)
                .prompts(catalog.prompts().stream().map(McpEndpoint::prompt).toList())
                .completions(completions)
                .build();
    }

    private static McpSchema.ServerCapabilities capabilities() {
        return McpSchema.ServerCapabilities.builder()
                .tools(false)
                .resources(false, false)
                .prompts(false)
                .completions()
                .build();
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Answer answer(String message, Function<String, Optional<String>> header) {
        Optional<String> version = header.apply(VERSION_HEADER);
        if (version.isPresent() && !VERSIONS.contains(version.get())) {
            return refusal(
                    null,
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    "the protocol's version '" + version.get() + "' is not known here: use one of " + VERSIONS);
        }
        return switch (parsed(message)) {
            case null -> refusal(message);
            case JSONRPCRequest request -> new Answer(OK, write(respond(request)));
            case JSONRPCNotification notification -> {
                wire.handler()
                        .handleNotification(McpTransportContext.EMPTY, notification)
                        .onErrorComplete()
                        .block();
                yield new Answer(ACCEPTED, "");
            }
            default -> new Answer(ACCEPTED, "");
        };
    }

    /** The answer to a message; empty if it wants none. */
    public Optional<String> answer(String message) {
        String body = answer(message, _ -> Optional.empty()).body();
        return body.isEmpty() ? Optional.empty() : Optional.of(body);
    }

    /** The answer that says that a message could not be handled; empty if it wants none. */
    public Optional<String> failure(String message, QuarryException cause) {
        return switch (parsed(message)) {
            case null -> answer(message);
            case JSONRPCRequest request ->
                Optional.of(write(error(
                        request.id(), McpSchema.ErrorCodes.INTERNAL_ERROR, cause.code() + ": " + cause.getMessage())));
            default -> Optional.empty();
        };
    }

    /** The message of this text; null if it is none. */
    private @Nullable JSONRPCMessage parsed(String message) {
        if (!message.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            JSONRPCMessage parsed = McpSchema.deserializeJsonRpcMessage(json, message);
            return McpSchema.JSONRPC_VERSION.equals(parsed.jsonrpc()) ? parsed : null;
        } catch (IOException | IllegalArgumentException malformed) {
            return null;
        }
    }

    private JSONRPCResponse respond(JSONRPCRequest request) {
        Optional<String> problem = check.problem(request.method(), request.params());
        if (problem.isPresent()) {
            return error(request.id(), McpSchema.ErrorCodes.INVALID_PARAMS, problem.get());
        }
        try {
            JSONRPCResponse response = wire.handler()
                    .handleRequest(McpTransportContext.EMPTY, request)
                    .block();
            if (response != null) {
                return response;
            }
            return error(request.id(), McpSchema.ErrorCodes.INTERNAL_ERROR, "the request has no answer");
        } catch (RuntimeException e) {
            Throwable cause = e instanceof McpError ? e : McpError.findRootCause(e);
            if (cause instanceof McpError told && told.getJsonRpcError() != null) {
                return JSONRPCResponse.error(request.id(), told.getJsonRpcError());
            }
            log.error("a request of the method {} failed", request.method(), e);
            return error(request.id(), McpSchema.ErrorCodes.INTERNAL_ERROR, DEFECT);
        }
    }

    /** Says why a text is no message: it is no JSON, or JSON of another form. */
    private static Answer refusal(String message) {
        try {
            JsonNode tree = STRICT.readTree(message);
            if (tree.isMissingNode()) {
                return refusal(null, McpSchema.ErrorCodes.PARSE_ERROR, "this is no JSON: it is empty");
            }
            JsonNode id = tree.path("id");
            return refusal(
                    id.isTextual() ? id.textValue() : id.isIntegralNumber() ? id.numberValue() : null,
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    "this is no message of JSON-RPC 2.0: send one object, no batch, with jsonrpc \"2.0\", a method,"
                            + " and as the id of a request a string or a whole number");
        } catch (JsonProcessingException malformed) {
            return refusal(
                    null, McpSchema.ErrorCodes.PARSE_ERROR, "this is no JSON: " + malformed.getOriginalMessage());
        }
    }

    private static Answer refusal(@Nullable Object id, int code, String message) {
        Map<String, @Nullable Object> response = Trees.object("jsonrpc", McpSchema.JSONRPC_VERSION);
        response.put("id", id);
        response.put("error", Trees.object("code", code, "message", message));
        return new Answer(BAD_REQUEST, Trees.write(response));
    }

    private static JSONRPCResponse error(Object id, int code, String message) {
        return JSONRPCResponse.error(id, new JSONRPCResponse.JSONRPCError(code, message));
    }

    private String write(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static SyncToolSpecification tool(Tool tool) {
        McpSchema.Tool declared = McpSchema.Tool.builder(tool.name(), tool.input())
                .title(tool.title())
                .description(tool.description())
                .outputSchema(tool.output().isEmpty() ? null : tool.output())
                .annotations(new McpSchema.ToolAnnotations(tool.title(), true, false, true, false, null))
                .build();
        return new SyncToolSpecification(declared, (_, request) -> {
            Map<String, @Nullable Object> given = new HashMap<>();
            if (request.arguments() != null) {
                given.putAll(request.arguments());
            }
            ToolReply reply = reply(tool, new Arguments(given));
            CallToolResult.Builder result =
                    CallToolResult.builder().addTextContent(reply.text()).isError(reply.isFailure());
            if (!reply.isFailure() && !tool.output().isEmpty()) {
                result.structuredContent(reply.tree());
            }
            return result.build();
        });
    }

    private static ToolReply reply(Tool tool, Arguments arguments) {
        try {
            return tool.handler().apply(arguments);
        } catch (RuntimeException defect) {
            log.error("the tool {} failed", tool.name(), defect);
            return ToolReply.failure(DEFECT);
        }
    }

    private static SyncResourceSpecification resource(Resource resource) {
        return new SyncResourceSpecification(
                McpSchema.Resource.builder(resource.uri(), resource.name())
                        .title(resource.title())
                        .description(resource.description())
                        .mimeType(resource.mimeType())
                        .build(),
                (_, request) -> read(resource, request));
    }

    private static SyncResourceTemplateSpecification template(Resource resource) {
        return new SyncResourceTemplateSpecification(
                McpSchema.ResourceTemplate.builder(resource.uri(), resource.name())
                        .title(resource.title())
                        .description(resource.description())
                        .mimeType(resource.mimeType())
                        .build(),
                (_, request) -> read(resource, request));
    }

    private static McpSchema.ReadResourceResult read(Resource resource, McpSchema.ReadResourceRequest request) {
        String text = told(() -> resource.reader().apply(request.uri()));
        return McpSchema.ReadResourceResult.builder(List.of(McpSchema.TextResourceContents.builder(request.uri(), text)
                        .mimeType(resource.mimeType())
                        .build()))
                .build();
    }

    private static SyncPromptSpecification prompt(Prompt prompt) {
        List<McpSchema.PromptArgument> arguments = prompt.arguments().stream()
                .map(argument -> McpSchema.PromptArgument.builder(argument.name())
                        .description(argument.description())
                        .required(argument.isRequired())
                        .build())
                .toList();
        McpSchema.Prompt declared = McpSchema.Prompt.builder(prompt.name())
                .title(prompt.title())
                .description(prompt.description())
                .arguments(arguments)
                .build();
        return new SyncPromptSpecification(declared, (_, request) -> {
            Map<String, String> given = new HashMap<>();
            if (request.arguments() != null) {
                request.arguments().forEach((name, value) -> given.put(name, String.valueOf(value)));
            }
            String text = told(() -> {
                for (Prompt.Argument argument : prompt.arguments()) {
                    if (argument.isRequired()
                            && given.getOrDefault(argument.name(), "").isBlank()) {
                        throw new QuarryException(
                                ErrorCode.BAD_INPUT,
                                "the argument '" + argument.name() + "' is missing: " + argument.description());
                    }
                }
                return prompt.text().apply(given);
            });
            McpSchema.TextContent said = McpSchema.TextContent.builder(text).build();
            return McpSchema.GetPromptResult.builder(List.of(new McpSchema.PromptMessage(McpSchema.Role.USER, said)))
                    .description(prompt.description())
                    .build();
        });
    }

    private static SyncCompletionSpecification completion(
            McpSchema.CompleteReference reference, BiFunction<String, String, List<String>> values) {
        return new SyncCompletionSpecification(
                reference,
                (_, request) ->
                        new McpSchema.CompleteResult(new McpSchema.CompleteResult.CompleteCompletion(values.apply(
                                request.argument().name(), request.argument().value()))));
    }

    /** Does it, and tells what users can cause as an error of the protocol. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (QuarryException failure) {
            int code = failure.code() == ErrorCode.NOT_FOUND
                    ? McpSchema.ErrorCodes.RESOURCE_NOT_FOUND
                    : McpSchema.ErrorCodes.INVALID_PARAMS;
            throw McpError.builder(code)
                    .message(failure.code() + ": " + failure.getMessage())
                    .build();
        } catch (RuntimeException defect) {
            log.error("a resource or prompt failed", defect);
            throw McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
                    .message(DEFECT)
                    .build();
        }
    }

    /** Takes the library's handler, and leaves it to the endpoint to bring it messages. */
    private static final class Wire implements McpStatelessServerTransport {
        private @Nullable McpStatelessServerHandler handler;

        @Override
        public void setMcpHandler(McpStatelessServerHandler given) {
            handler = given;
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public List<String> protocolVersions() {
            return VERSIONS;
        }

        McpStatelessServerHandler handler() {
            if (handler == null) {
                throw new IllegalStateException("the library sets its handler when a server is built");
            }
            return handler;
        }
    }

    /** Our templates, as the library asks for them. */
    private static final class Templates implements McpUriTemplateManager {
        private final String text;
        private final UriTemplate template;

        Templates(String text) {
            this.text = text;
            this.template = UriTemplate.of(text);
        }

        @Override
        public List<String> getVariableNames() {
            return template.variables();
        }

        @Override
        public Map<String, String> extractVariableValues(String uri) {
            return template.values(uri);
        }

        @Override
        public boolean matches(String uri) {
            return template.matches(uri);
        }

        @Override
        public boolean isUriTemplate(String uri) {
            return !template.variables().isEmpty() && text.equals(uri);
        }
    }
}
