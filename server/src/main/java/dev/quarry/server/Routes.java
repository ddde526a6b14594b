package dev.quarry.server;

import dev.quarry.ask.Asker;
import dev.quarry.schema.ErrorCode;
import dev.quarry.server.Backend.Relationship;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ValidatedRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds the contract's operations to what answers them. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String STREAM = "getJobEvents";
    private static final String HEALTH = "getHealth";
    private static final String ASK = "ask";
    private static final Set<String> GATEWAY = Set.of("createChatCompletion", "createMessage");
    private static final String GARBAGE = "collectGarbage";
    private static final String OPERATION = "quarry.operation";
    private static final String NO_OPERATION = "none";
    private static final int[] UNMATCHED = {400, 404, 406, 413, 415, 500};

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*\\}");

    private static final Set<String> SEARCHING = Set.of("search", "context");

    private final Backend backend;
    private final ServerLimits limits;
    private final Gate gate;
    private final Jobs jobs;
    private final ServerMetrics metrics;
    private final WorkPool pool;
    private final WorkPool probes;
    private final OpenStreams streams;
    private final AskOperations asks;
    private final Gateway gateway;
    private final IdleConnections connections;
    private final List<MessageEndpoint> endpoints;
    private final Map<String, Operation> operations = new HashMap<>();

    /** The parts that answer; {@code probes} serves the health check, so that it is answered under load too. */
    record Parts(
            Backend backend,
            Asker asker,
            Traces traces,
            TraceExport export,
            ServerLimits limits,
            Gate gate,
            Jobs jobs,
            ServerMetrics metrics,
            WorkPool pool,
            WorkPool probes,
            OpenStreams streams,
            IdleConnections connections,
            List<MessageEndpoint> endpoints) {
        /** Copies the list. */
        Parts {
            endpoints = List.copyOf(endpoints);
        }
    }

    Routes(Parts parts) {
        limits = parts.limits();
        gate = parts.gate();
        jobs = parts.jobs();
        metrics = parts.metrics();
        pool = parts.pool();
        probes = parts.probes();
        streams = parts.streams();
        endpoints = parts.endpoints();
        backend = parts.backend();
        asks = new AskOperations(parts);
        gateway = new Gateway(parts);
        connections = parts.connections();
        JobOperations index = new JobOperations(backend, jobs);
        operations.put("startIndex", index::start);
        operations.put("getJob", index::get);
        operations.put("cancelJob", index::cancel);
        operations.put("getVectors", index::vectors);
        operations.put("pauseVectors", index::pauseVectors);
        SymbolOperations symbols = new SymbolOperations(backend, limits);
        HistoryOperations history = new HistoryOperations(backend, symbols, limits);
        operations.put("getSymbolLog", history::log);
        operations.put("getDiff", history::diff);
        operations.put("getDiffImpact", history::impact);
        reading(backend, limits).forEach((id, operation) -> operations.put(id, asOf(id, operation)));
        ModelOperations models =
                new ModelOperations(backend, index, parts.asker().pool());
        operations.put("getModels", models::list);
        operations.put("useModel", models::use);
        CacheOperations cache = new CacheOperations(backend);
        operations.put("getCache", cache::stats);
        operations.put("getCachedAnswers", cache::entries);
        operations.put("purgeCache", cache::purge);
        operations.put("changeCachedAnswer", cache::change);
        operations.put("judgeAnswer", cache::judge);
        operations.put(GARBAGE, new GarbageOperations(backend)::collect);
        TraceOperations traces = new TraceOperations(parts.traces(), limits);
        operations.put("getTraces", traces::list);
        operations.put("getTrace", traces::get);
        StatusOperations status = new StatusOperations(backend, jobs, metrics);
        operations.put(HEALTH, status::health);
        operations.put("getMetrics", status::metrics);
        operations.put("getRepository", status::repository);
    }

    /** The operations that ask one state of the graph, by the names that the contract has for them. */
    private static Map<String, Operation> reading(Backend backend, ServerLimits limits) {
        Map<String, Operation> operations = new HashMap<>();
        SymbolOperations symbols = new SymbolOperations(backend, limits);
        operations.put("findSymbols", symbols::find);
        operations.put("getSymbol", symbols::get);
        operations.put("getCallers", symbols.related(Relationship.CALLERS));
        operations.put("getCallees", symbols.related(Relationship.CALLEES));
        operations.put("getImplementations", symbols.related(Relationship.IMPLEMENTATIONS));
        operations.put("getSubtypes", symbols.related(Relationship.SUBTYPES));
        operations.put("getImpact", symbols.related(Relationship.IMPACT));
        operations.put("getPath", symbols::path);
        CloneOperations clones = new CloneOperations(backend, symbols, limits);
        operations.put("getClones", clones::groups);
        operations.put("getSymbolClones", clones::ofSymbol);
        RetrieveOperations retrieve = new RetrieveOperations(backend, symbols, limits);
        operations.put("search", retrieve::search);
        operations.put("context", retrieve::context);
        operations.put("getMap", retrieve::map);
        operations.put("query", retrieve::query);
        return operations;
    }

    /** The same operation, asked of a former state if the request names one. */
    private Operation asOf(String id, Operation now) {
        boolean searches = SEARCHING.contains(id);
        return call -> {
            Optional<String> at = call.optionalText("at");
            return at.isEmpty()
                    ? now.answer(call)
                    : backend.at(
                            at.get(),
                            searches,
                            former -> reading(former, limits)
                                    .getOrDefault(id, now)
                                    .answer(call));
        };
    }

    /** A router for all operations of the contract; each must be known here. */
    Router router(Vertx vertx, OpenAPIContract contract) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract, TextParameters.extractor());
        builder.rootHandler((PlatformHandler) HeadRequests::reroute);
        builder.rootHandler((PlatformHandler) this::observe);
        builder.rootHandler(gate);
        builder.rootHandler(BodyHandler.create(false).setBodyLimit(limits.maxBodyBytes()));
        for (OpenAPIRoute route : builder.getRoutes()) {
            String id = route.getOperation().getOperationId();
            route.setDoSecurity(false).addHandler(context -> {
                context.put(OPERATION, id);
                context.next();
            });
            if (!GATEWAY.contains(id)) {
                route.addHandler(KnownParameters.of(route.getOperation()));
            }
            route.addHandler(
                    switch (id) {
                        case STREAM -> this::stream;
                        case ASK -> this::ask;
                        default -> GATEWAY.contains(id) ? this::gateway : answering(id);
                    });
        }
        Router router = builder.createRouter();
        endpoints.forEach(endpoint -> mount(router, endpoint));
        router.route().failureHandler(Replies::fail);
        for (int status : UNMATCHED) {
            router.errorHandler(status, Replies::fail);
        }
        router.errorHandler(405, context -> {
            context.response()
                    .putHeader("Allow", allowed(contract, context.request().path()));
            Replies.fail(context);
        });
        return router;
    }

    /** The methods that the contract has for a path, and HEAD where there is a GET. */
    private static String allowed(OpenAPIContract contract, String path) {
        return contract.getPaths().stream()
                .filter(known ->
                        path.matches(PLACEHOLDER.matcher(known.getName()).replaceAll("[^/]+") + "/?"))
                .flatMap(known -> known.getOperations().stream())
                .map(operation -> operation.getHttpMethod().name())
                .flatMap(method -> method.equals("GET") ? Stream.of(method, "HEAD") : Stream.of(method))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Handler<RoutingContext> answering(String id) {
        Operation operation = operations.get(id);
        if (operation == null) {
            throw new IllegalStateException("nothing answers the contract's operation '" + id + "'");
        }
        WorkPool threads = id.equals(HEALTH) ? probes : pool;
        return context -> {
            Call call = call(context);
            if (id.equals(GARBAGE)) {
                withoutDeadline(context);
            }
            threads.submit(context.vertx().getOrCreateContext(), () -> operation.answer(call))
                    .onSuccess(reply -> Replies.send(context, reply))
                    .onFailure(context::fail);
        };
    }

    private void ask(RoutingContext context) {
        withoutDeadline(context);
        asks.handle(context, call(context));
    }

    private void gateway(RoutingContext context) {
        withoutDeadline(context);
        gateway.handle(context, call(context));
    }

    private void mount(Router router, MessageEndpoint endpoint) {
        router.post(endpoint.path()).handler(context -> {
            context.put(OPERATION, endpoint.path().substring(1));
            String message = context.body().asString(StandardCharsets.UTF_8.name());
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            context.request().headers().forEach(headers::put);
            pool.submit(
                            context.vertx().getOrCreateContext(),
                            () -> endpoint.answer(
                                    message == null ? "" : message, name -> Optional.ofNullable(headers.get(name))))
                    .onSuccess(answer -> Replies.send(
                            context, new Reply(answer.status(), Reply.JSON, Buffer.buffer(answer.body()), Map.of())))
                    .onFailure(context::fail);
        });
        router.route(endpoint.path()).handler(_ -> {
            throw new ProblemException(new Problem(
                    405,
                    ErrorCode.BAD_INPUT,
                    "messages are posted here, and no stream is offered: use POST",
                    JsonBody.NONE,
                    Map.of("Allow", "POST")));
        });
    }

    private void stream(RoutingContext context) {
        Call call = call(context);
        Job job = jobs.job(call.path("id"));
        long last = call.header("Last-Event-ID").orElse(0L);
        streams.add(context, "the server has as many event streams as it takes on: close one, or ask for the job");
        withoutDeadline(context);
        EventStream.open(context, job, last);
    }

    /** Lets the answer take its time. */
    private static void withoutDeadline(RoutingContext context) {
        Long deadline = context.get(Replies.DEADLINE);
        if (deadline != null) {
            context.vertx().cancelTimer(deadline);
        }
    }

    private void observe(RoutingContext context) {
        long start = System.nanoTime();
        connections.answering(context);
        context.addEndHandler(_ -> {
            String operation = context.get(OPERATION, NO_OPERATION);
            int status = context.response().getStatusCode();
            long nanos = System.nanoTime() - start;
            metrics.record(operation, status, nanos);
            log.debug("{} {} {} {} µs", context.request().method(), operation, status, nanos / 1_000);
        });
        context.next();
    }

    private static Call call(RoutingContext context) {
        ValidatedRequest request = context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
        if (request == null) {
            throw new IllegalStateException("a request reached its operation without validation");
        }
        return new Call(request);
    }
}
