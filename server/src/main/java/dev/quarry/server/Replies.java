package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends replies, and turns whatever goes wrong into problem details. Runs on the event loop. */
final class Replies {
    /** Where a request keeps the timer that ends it. */
    static final String DEADLINE = "quarry.deadline";

    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    /** Sends a reply, unless the request has been answered or the client is gone. */
    static void send(RoutingContext context, Reply reply) {
        HttpServerResponse response = context.response();
        if (!response.ended() && !response.closed()) {
            send(response, reply);
        }
    }

    private static void send(HttpServerResponse response, Reply reply) {
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .putHeader("Content-Length", String.valueOf(reply.body().length()))
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.putHeader(header.getKey(), header.getValue());
        }
        response.end(reply.body());
    }

    /** Answers a request that failed, by its exception or its status. */
    static void fail(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            log.debug("a reply broke off", context.failure());
            response.reset();
            return;
        }
        String path = context.request().path();
        Optional<Wire> wire = Wire.at(path);
        if (wire.isPresent() && context.failure() instanceof WireException known) {
            send(context, reply(wire.get(), known.error()));
            return;
        }
        Problem problem = problem(context.failure(), context.statusCode());
        if (problem.status() == 413) {
            // The rest of the body will not be read.
            response.putHeader("Connection", "close");
        }
        send(context, reply(problem, path));
    }

    /** Tells a problem in the words of whatever was asked. */
    private static Reply reply(Problem problem, String path) {
        return Wire.at(path).map(wire -> reply(wire, WireError.of(problem))).orElseGet(() -> problem.toReply(path));
    }

    private static Reply reply(Wire wire, WireError error) {
        return new Reply(error.status(), Reply.JSON, wire.error(error).toBuffer(), error.headers());
    }

    /** Answers a request whose time is up; what it set going ends by its own limits. */
    static void expire(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        boolean received = context.request().isEnded();
        Problem problem = received
                ? Problem.unavailable(
                        ErrorCode.LIMIT,
                        "the answer takes longer than this server allows: ask for less, or try again later")
                : Problem.of(408, ErrorCode.LIMIT, "the request did not arrive in time: send it without pauses");
        response.putHeader("Connection", "close");
        send(context, reply(problem, context.request().path()));
        if (!received) {
            context.request().connection().close();
        }
    }

    /** Answers what is no HTTP request. */
    static void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String said = cause == null ? "" : String.valueOf(cause.getMessage());
        int status = 400;
        if (cause instanceof TooLongFrameException) {
            status = said.startsWith("An HTTP line") ? 414 : 431;
        }
        Problem problem = Problem.of(
                status,
                ErrorCode.BAD_INPUT,
                status == 400
                        ? "this is no well-formed HTTP request: check the client"
                        : "the request's address or headers are too long: put long input in the body");
        HttpServerResponse response = request.response().putHeader("Connection", "close");
        send(response, problem.toReply("/"));
        request.connection().close();
    }

    /** What a failure is to a client; a defect is logged. */
    static Problem problem(Throwable failure) {
        return problem(failure, 0);
    }

    private static Problem problem(@Nullable Throwable failure, int status) {
        return switch (failure) {
            case ProblemException e -> e.problem();
            case QuarryException e when e.code() == ErrorCode.INTERNAL -> defect(e);
            case QuarryException e -> Problem.of(e);
            case ValidatorException e -> InvalidRequests.problem(e);
            case HttpException e
            when e.getCause() instanceof ValidatorException cause -> InvalidRequests.problem(cause);
            case null -> byStatus(status);
            default -> status >= 400 && status < 500 ? byStatus(status) : defect(failure);
        };
    }

    private static Problem defect(Throwable failure) {
        String incident = UUID.randomUUID().toString();
        log.error("incident {}", incident, failure);
        return Problem.internal(incident);
    }

    private static Problem byStatus(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, ErrorCode.NOT_FOUND, "nothing is here: the paths are those of openapi.yaml");
            case 405 ->
                Problem.of(
                        405,
                        ErrorCode.BAD_INPUT,
                        "this path does not know the method: see openapi.yaml for its methods");
            case 413 -> Problem.of(413, ErrorCode.LIMIT, "the body is larger than this server allows: send less");
            case 415 -> Problem.of(415, ErrorCode.BAD_INPUT, "the body must be application/json");
            default ->
                status >= 400 && status < 500
                        ? Problem.of(
                                status, ErrorCode.BAD_INPUT, "the request cannot be understood: check path and headers")
                        : defect(new IllegalStateException("a request failed with status " + status + " and no cause"));
        };
    }
}
