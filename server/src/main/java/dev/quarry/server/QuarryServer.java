package dev.quarry.server;

import dev.quarry.ingest.TreeEvents;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP server over one workspace. The workspace stays the caller's to close, after the server. */
public final class QuarryServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QuarryServer.class);
    private static final String TOKEN_FILE = "token";
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_PROBES = 16;
    private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final HttpServer http;
    private final Gate gate;
    private final Jobs jobs;
    private final Optional<Watcher> watcher;
    private final WorkPool pool;
    private final WorkPool probes;
    private final ServerMetrics metrics;
    private final Traces traces;
    private final AtomicBoolean closed = new AtomicBoolean();

    private QuarryServer(ServerConfig config, Backend backend, Answering answering, List<MessageEndpoint> endpoints) {
        gate = new Gate(config, AccessToken.of(tokenFile(backend.storeDirectory())));
        int threads = Runtime.getRuntime().availableProcessors();
        vertx = Vertx.vertx();
        jobs = new Jobs(backend);
        WatchOptions watch = config.watch();
        watcher = watch.enabled()
                ? Optional.of(new Watcher(backend, jobs, watch, () -> TreeEvents.open(watch.poll())))
                : Optional.empty();
        pool = new WorkPool("quarry-work", threads, config.limits().maxQueuedRequests());
        probes = new WorkPool("quarry-probe", 1, MAX_PROBES);
        metrics = new ServerMetrics();
        traces = Traces.of(backend.storeDirectory(), answering.traces());
        OpenStreams streams = new OpenStreams(config.limits().maxStreams());
        IdleConnections connections = new IdleConnections(config.limits().idleTime());
        connections.watch(vertx);
        metrics.watch(pool, jobs, streams);
        metrics.watch(backend.answers());
        metrics.watch(answering.export());
        Routes routes = new Routes(new Routes.Parts(
                backend,
                answering.asker(),
                traces,
                answering.export(),
                config.limits(),
                gate,
                jobs,
                metrics,
                pool,
                probes,
                streams,
                connections,
                endpoints));
        http = vertx.createHttpServer(options(config))
                .connectionHandler(connections::opened)
                .invalidRequestHandler(Replies::invalid);
        try {
            await(Contract.load(vertx).compose(contract -> {
                http.requestHandler(routes.router(vertx, contract));
                return http.listen();
            }));
        } catch (CompletionException e) {
            close();
            throw refused(config, e.getCause() == null ? e : e.getCause());
        }
    }

    /**
     * Starts a server and returns when it listens.
     *
     * @throws QuarryException BUSY if the port is in use, BAD_INPUT if the address is none of this machine's, STORAGE if
     *     the token's file cannot be written
     */
    public static QuarryServer start(ServerConfig config, Workspace workspace) {
        return start(config, Backend.of(workspace));
    }

    static QuarryServer start(ServerConfig config, Backend backend) {
        return start(config, backend, List.of());
    }

    /** The same over what answers for a workspace, with further protocols beside the contract's operations. */
    public static QuarryServer start(ServerConfig config, Backend backend, List<MessageEndpoint> endpoints) {
        return start(config, backend, Answering.withoutModels(), endpoints);
    }

    /** The same, answering questions as this says. */
    public static QuarryServer start(
            ServerConfig config, Backend backend, Answering answering, List<MessageEndpoint> endpoints) {
        QuarryServer server = new QuarryServer(config, backend, answering, endpoints);
        Path token = tokenFile(backend.storeDirectory());
        log.info("listening at http://{}:{}; the token is in {}", config.host(), server.port(), token);
        server.watcher.ifPresent(Watcher::start);
        server.traces.follow();
        if (!config.isLoopback()) {
            log.warn(
                    "{} can be reached from other machines, and HTTP hides neither the token nor the code: put a proxy"
                            + " with TLS before it",
                    config.host());
        }
        return server;
    }

    /** The file, in a store's directory, that holds the token of its server. */
    public static Path tokenFile(Path storeDirectory) {
        return storeDirectory.resolve(TOKEN_FILE);
    }

    /** The port that the server listens on. */
    public int port() {
        return http.actualPort();
    }

    /** Takes no more requests, cancels a running job, lets running requests end, and frees the port. May be called twice. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        gate.close();
        watcher.ifPresent(Watcher::close);
        jobs.close();
        try {
            await(http.shutdown(CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS));
        } catch (CompletionException e) {
            log.warn("the HTTP server did not close cleanly", e);
        }
        pool.close();
        probes.close();
        metrics.close();
        traces.close();
        await(vertx.close());
    }

    private static HttpServerOptions options(ServerConfig config) {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setReuseAddress(true);
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static RuntimeException refused(ServerConfig config, Throwable cause) {
        if (cause instanceof BindException && isInUse(cause)) {
            return new QuarryException(
                    ErrorCode.BUSY,
                    "port " + config.port() + " of " + config.host()
                            + " is in use: end what listens there, or choose another port with --port",
                    cause);
        }
        if (cause instanceof SocketException || cause instanceof UnknownHostException) {
            return new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the server cannot listen at " + config.host() + ":" + config.port() + " (" + cause.getMessage()
                            + "): name an address of this machine, and a port that you may use",
                    cause);
        }
        return new IllegalStateException("the HTTP server cannot start", cause);
    }

    private static boolean isInUse(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("in use");
    }
}
