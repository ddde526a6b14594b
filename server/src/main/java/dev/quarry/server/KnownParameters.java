package dev.quarry.server;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses requests with query parameters that the operation does not have or that are given twice: one that is
 * misspelt, or the second one, would be left out of consideration without a word, which the contract's validation lets
 * pass.
 *
 * @param names those that the operation has
 */
record KnownParameters(Set<String> names) implements Handler<RoutingContext> {
    /** Copies the names. */
    KnownParameters {
        names = Set.copyOf(names);
    }

    static KnownParameters of(Operation operation) {
        return new KnownParameters(operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .collect(Collectors.toSet()));
    }

    @Override
    public void handle(RoutingContext context) {
        for (String name : context.queryParams().names()) {
            if (!names.contains(name)) {
                throw new ProblemException(InvalidRequests.unknownParameter(name));
            }
            if (context.queryParams().getAll(name).size() > 1) {
                throw new ProblemException(InvalidRequests.repeatedParameter(name));
            }
        }
        context.next();
    }
}
