package dev.quarry.cli;

import dev.quarry.mcp.Graphs;
import dev.quarry.mcp.McpEndpoint;
import dev.quarry.mcp.QuarryCatalog;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.Answering;
import dev.quarry.server.Backend;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** A server over an open store whose address other commands can find. Closing ends the server, not the store. */
final class Serving implements AutoCloseable {
    private final QuarryServer server;
    private final Path store;
    private final ServerAddress address;

    private Serving(QuarryServer server, Path store, ServerAddress address) {
        this.server = server;
        this.store = store;
        this.address = address;
    }

    /** Starts it without language models; returns when it listens. */
    static Serving start(ServerConfig config, Workspace workspace) {
        return start(config, workspace, Answering.withoutModels());
    }

    /** Starts it, answering questions as this says; returns when it listens. */
    static Serving start(ServerConfig config, Workspace workspace, Answering answering) {
        Backend backend = Backend.of(workspace);
        McpEndpoint agents = new McpEndpoint(QuarryCatalog.over(Graphs.of(backend), BuildInfo.version()));
        QuarryServer server = QuarryServer.start(config, backend, answering, List.of(agents));
        Path store = workspace.storeDirectory();
        try {
            ServerAddress address = new ServerAddress(
                    address(config.host(), server.port()),
                    ProcessHandle.current().pid());
            address.write(store);
            return new Serving(server, store, address);
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    /** The address of a host, which may be an IPv6 number, with brackets or without. */
    static URI address(String host, int port) {
        try {
            return new URI("http", null, host, port, null, null, null);
        } catch (URISyntaxException wrong) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + host + "' is no name or number of a host: name one with --host, such as 127.0.0.1",
                    wrong);
        }
    }

    /** What it listens at. */
    URI address() {
        return address.address();
    }

    @Override
    public void close() {
        // Another server may have its own there by now, in a store that has taken the place of this one's.
        if (ServerAddress.of(store).filter(address::equals).isPresent()) {
            ServerAddress.remove(store);
        }
        server.close();
    }
}
