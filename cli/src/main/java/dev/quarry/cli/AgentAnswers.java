package dev.quarry.cli;

import dev.quarry.mcp.McpEndpoint;
import dev.quarry.mcp.QuarryCatalog;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers an agent's messages: the server that holds the store does, if there is one, and else the store itself. Which of
 * them is looked for at each message, so that a server may come and go during a session. Safe for use by several threads.
 */
final class AgentAnswers implements AutoCloseable {
    private final Supplier<Path> store;
    private final Terminal terminal;
    private final IdleStore idle;
    private final McpEndpoint local;

    /** Answers for the store that is found at this place, be it later. */
    AgentAnswers(Supplier<Path> store, Terminal terminal) {
        this.store = store;
        this.terminal = terminal;
        this.idle = new IdleStore(store);
        this.local = new McpEndpoint(QuarryCatalog.over(idle, BuildInfo.version()));
    }

    /** The answer to a message; empty if it wants none. */
    Optional<String> answer(String message) {
        try {
            Optional<Served> server = server();
            if (server.isEmpty()) {
                return local.answer(message);
            }
            idle.release();
            try (ServerClient client = client(server.get())) {
                return client.message(McpEndpoint.PATH, message);
            } catch (QuarryException failure) {
                // A server that ended meanwhile has left the store to us.
                if (server().isEmpty()) {
                    return local.answer(message);
                }
                throw failure;
            }
        } catch (QuarryException failure) {
            return local.failure(message, failure);
        }
    }

    private record Served(Path store, ServerAddress address) {}

    /** The server that holds the store; none if there is no store, which a tool then says. */
    private Optional<Served> server() {
        try {
            Path at = store.get();
            return ServerAddress.of(at).map(address -> new Served(at, address));
        } catch (QuarryException missing) {
            return Optional.empty();
        }
    }

    private ServerClient client(Served served) {
        return ServerClient.of(served.store(), served.address(), terminal);
    }

    @Override
    public void close() {
        idle.close();
    }
}
