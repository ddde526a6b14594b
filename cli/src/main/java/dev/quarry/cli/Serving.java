package dev.quarry.cli;

import dev.quarry.ask.Asker;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.TraceSettings;
import dev.quarry.server.Workspace;
import java.net.URI;
import java.nio.file.Path;

/** A server over an open store whose address other commands can find. Closing ends the server, not the store. */
final class Serving implements AutoCloseable {
    private final QuarryServer server;
    private final Path store;
    private final URI address;

    private Serving(QuarryServer server, Path store, URI address) {
        this.server = server;
        this.store = store;
        this.address = address;
    }

    /** Starts it without language models; returns when it listens. */
    static Serving start(ServerConfig config, Workspace workspace) {
        return start(QuarryServer.start(config, workspace), config, workspace.storeDirectory());
    }

    /** Starts it, answering with these language models, which stay the caller's to close; returns when it listens. */
    static Serving start(ServerConfig config, Workspace workspace, Asker asker, TraceSettings traces) {
        return start(QuarryServer.start(config, workspace, asker, traces), config, workspace.storeDirectory());
    }

    private static Serving start(QuarryServer server, ServerConfig config, Path store) {
        URI address = URI.create("http://" + config.host() + ":" + server.port());
        try {
            new ServerAddress(address, ProcessHandle.current().pid()).write(store);
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
        return new Serving(server, store, address);
    }

    /** What it listens at. */
    URI address() {
        return address;
    }

    @Override
    public void close() {
        ServerAddress.remove(store);
        server.close();
    }
}
