package dev.quarry.tests;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendPool;
import dev.quarry.server.Answering;
import dev.quarry.server.Backend;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.TraceSettings;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server in this process over a store, before some backends. */
final class ModelGateway implements AutoCloseable {
    private final Workspace workspace;
    private final BackendPool pool;
    private final QuarryServer server;
    private final String token;

    ModelGateway(Path store, List<BackendConfig> backends) {
        workspace = Workspace.open(store, WorkspaceOptions.forReading());
        pool = new BackendPool(backends, Map.of());
        server = QuarryServer.start(
                ServerConfig.defaults().withPort(0),
                Backend.of(workspace),
                new Answering(new Asker(pool, AskSettings.DEFAULT), TraceSettings.OFF),
                List.of());
        try {
            token = Files.readString(QuarryServer.tokenFile(store)).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where it is. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** What it wants to be shown. */
    String token() {
        return token;
    }

    /** A request of JSON to a path. */
    HttpRequest post(String path, String json) {
        return HttpRequest.newBuilder(address().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    @Override
    public void close() {
        server.close();
        pool.close();
        workspace.close();
    }
}
