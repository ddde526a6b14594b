package dev.quarry.server;

import io.vertx.core.MultiMap;
import io.vertx.core.json.Json;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose parameters are text where the contract says so. The validation reads parameters as JSON, so that a
 * quote or a bracket that somebody looks for would be taken for the begin of some, and decodes those of the query a
 * second time: here each text is handed to it in the form that it reads as that text.
 */
record TextParameters(
        Map<String, RequestParameter> getCookies,
        Map<String, RequestParameter> getPathParameters,
        Map<String, RequestParameter> getQuery,
        Map<String, RequestParameter> getHeaders,
        @Nullable RequestParameter getBody,
        @Nullable String getContentType)
        implements ValidatableRequest {
    /** Reads requests whose bodies are read already. */
    static RequestExtractor extractor() {
        RequestExtractor plain = RequestExtractor.withBodyHandler();
        return (context, operation) -> {
            encodeQuery(context.request().params(), texts(operation, Location.QUERY));
            return plain.extractValidatableRequest(context, operation)
                    .map(request -> of(request, texts(operation, Location.PATH)));
        };
    }

    private static List<String> texts(Operation operation, Location place) {
        return operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == place && parameter.getSchemaType() == SchemaType.STRING)
                .map(Parameter::getName)
                .toList();
    }

    private static void encodeQuery(MultiMap query, List<String> names) {
        for (String name : names) {
            String text = query.get(name);
            if (text != null) {
                query.set(name, URLEncoder.encode(Json.encode(text), StandardCharsets.UTF_8));
            }
        }
    }

    private static ValidatableRequest of(ValidatableRequest request, List<String> names) {
        Map<String, RequestParameter> path = new HashMap<>(request.getPathParameters());
        for (String name : names) {
            RequestParameter given = path.get(name);
            if (given != null && !given.isNull()) {
                String text = Json.encode(String.valueOf(given.get()));
                path.put(name, () -> text);
            }
        }
        return new TextParameters(
                request.getCookies(),
                path,
                request.getQuery(),
                request.getHeaders(),
                request.getBody(),
                request.getContentType());
    }
}
