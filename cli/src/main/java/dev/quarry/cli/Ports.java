package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.ServerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.function.Function;

/** Finds the port of a server: the wanted one, or the next that is free. */
final class Ports {
    private static final int PORT_MAX = 65_535;
    private static final int TRIES = 100;

    private Ports() {}

    /**
     * Where the server can listen, as far as can be told before it does, which is before the indexing and not after it.
     *
     * @param fallback whether the next free port will do
     * @throws QuarryException BUSY if the port cannot be had, and no other will do; or if the address is not this machine's
     */
    static ServerConfig free(ServerConfig wanted, boolean fallback) {
        ServerConfig config = wanted;
        while (true) {
            try {
                probe(config);
                return config;
            } catch (IOException failure) {
                if (isElsewhere(failure)) {
                    throw elsewhere(wanted, failure);
                }
                boolean inUse = failure instanceof BindException;
                if (!fallback || !inUse || config.port() >= Math.min(PORT_MAX, wanted.port() + TRIES)) {
                    throw refused(wanted, failure, fallback && inUse);
                }
                config = config.withPort(config.port() + 1);
            }
        }
    }

    /**
     * Starts something where a server is wanted; at the next free port where somebody else was faster.
     *
     * @param fallback whether the next free port will do
     */
    static <T> T start(ServerConfig wanted, boolean fallback, Function<ServerConfig, T> start) {
        for (int tries = TRIES; ; tries--) {
            ServerConfig config = free(wanted, fallback);
            try {
                return start.apply(config);
            } catch (QuarryException taken) {
                if (taken.code() != ErrorCode.BUSY || !fallback || tries == 0) {
                    throw taken;
                }
            }
        }
    }

    private static void probe(ServerConfig config) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
        }
    }

    /** Whether the address is none of this machine's, so that no port of it can be had. */
    private static boolean isElsewhere(IOException failure) {
        return failure instanceof UnknownHostException
                || (failure instanceof BindException
                        && String.valueOf(failure.getMessage()).contains("assign requested address"));
    }

    private static QuarryException elsewhere(ServerConfig wanted, IOException failure) {
        return new QuarryException(
                ErrorCode.BUSY,
                "'" + wanted.host() + "' is no address of this machine (" + failure.getMessage()
                        + "): name one that is with --host, such as 127.0.0.1",
                failure);
    }

    private static QuarryException refused(ServerConfig wanted, IOException failure, boolean all) {
        String which = all
                ? "none of the ports from " + wanted.port() + " on of " + wanted.host()
                : "port " + wanted.port() + " of " + wanted.host();
        String remedy = all
                ? "): choose another beginning with --port"
                : "): end what listens there, choose another with --port, or allow the next free one with --port-fallback";
        return new QuarryException(
                ErrorCode.BUSY,
                which + (all ? " can be had (" : " cannot be had (") + failure.getMessage() + remedy,
                failure);
    }
}
