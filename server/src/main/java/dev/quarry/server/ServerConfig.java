package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Where the server listens and whom it answers.
 *
 * @param host the address to bind; a loopback address unless others are to reach the server
 * @param port the TCP port; 0 takes a free one
 * @param hostNames further values of the Host header that are accepted, without port. On a loopback address the names of
 *     that address are accepted in any case and nothing else; on another address an empty set accepts all
 * @param openMetrics whether {@code /metrics} answers without a token
 * @param limits what requests may use
 * @param watch how the repository's files are followed
 */
public record ServerConfig(
        String host, int port, Set<String> hostNames, boolean openMetrics, ServerLimits limits, WatchOptions watch) {
    /** The port that is used unless another is named. */
    public static final int DEFAULT_PORT = 7979;

    private static final int MAX_PORT = 65_535;

    /** Rejects what cannot be bound. */
    public ServerConfig {
        if (host.isBlank()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the server's host is empty: name an address such as 127.0.0.1");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "port " + port + " does not exist: choose one from 1 to " + MAX_PORT + " with --port");
        }
        hostNames = Set.copyOf(
                hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    /** Loopback, the default port, default limits; files are not followed. */
    public static ServerConfig defaults() {
        return new ServerConfig("127.0.0.1", DEFAULT_PORT, Set.of(), false, ServerLimits.DEFAULT, WatchOptions.OFF);
    }

    /** The same at another address. */
    public ServerConfig withHost(String other) {
        return new ServerConfig(other, port, hostNames, openMetrics, limits, watch);
    }

    /** The same on another port. */
    public ServerConfig withPort(int other) {
        return new ServerConfig(host, other, hostNames, openMetrics, limits, watch);
    }

    /** The same with other limits. */
    public ServerConfig withLimits(ServerLimits other) {
        return new ServerConfig(host, port, hostNames, openMetrics, other, watch);
    }

    /** The same with {@code /metrics} open, or not. */
    public ServerConfig withOpenMetrics(boolean open) {
        return new ServerConfig(host, port, hostNames, open, limits, watch);
    }

    /** The same, answering to these names too. */
    public ServerConfig withHostNames(Set<String> names) {
        return new ServerConfig(host, port, names, openMetrics, limits, watch);
    }

    /** The same, following files like this. */
    public ServerConfig withWatch(WatchOptions other) {
        return new ServerConfig(host, port, hostNames, openMetrics, limits, other);
    }

    /** Whether only this machine can reach the server. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the host '" + host + "' has no address: name one of this machine's", e);
        }
    }
}
