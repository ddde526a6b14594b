package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Optional;

/** A request that has passed the contract. Values left out have the contract's defaults, which are named here again. */
record Call(ValidatedRequest request) {
    /** A path parameter. */
    String path(String name) {
        RequestParameter parameter = request.getPathParameters().get(name);
        if (parameter == null || parameter.isNull()) {
            throw new IllegalStateException("the contract has no path parameter '" + name + "'");
        }
        return String.valueOf(parameter.get());
    }

    /** A query parameter, as text. */
    String text(String name) {
        RequestParameter parameter = request.getQuery().get(name);
        if (parameter == null || parameter.isNull()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the parameter '" + name + "' is missing: add ?" + name + "=…");
        }
        return String.valueOf(parameter.get());
    }

    /** A query parameter that may be left out, as text. */
    Optional<String> optionalText(String name) {
        RequestParameter parameter = request.getQuery().get(name);
        return parameter == null || parameter.isNull() || parameter.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(parameter.get()));
    }

    /** A query parameter that is a number within a limit of the server. */
    int number(String name, int fallback, int most) {
        RequestParameter parameter = request.getQuery().get(name);
        return parameter == null || parameter.isNull() || parameter.isEmpty()
                ? Math.min(fallback, most)
                : atMost(name, (Number) parameter.get(), most);
    }

    /** A header that is a number. */
    Optional<Long> header(String name) {
        RequestParameter parameter = request.getHeaders().get(name);
        return parameter == null || parameter.isNull() || parameter.isEmpty()
                ? Optional.empty()
                : Optional.of((long) ((Number) parameter.get()).doubleValue());
    }

    /** The body; an empty object where there is none. */
    JsonObject body() {
        RequestParameter body = request.getBody();
        return body == null || body.isNull() || body.isEmpty() ? new JsonObject() : body.getJsonObject();
    }

    /** Rejects a number beyond the server's limit, be it one that no {@code long} holds. */
    static int atMost(String name, Number value, int most) {
        if (value.doubleValue() > most) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    name + " is " + value + ", but this server allows at most " + most + ": ask for less");
        }
        return value.intValue();
    }
}
