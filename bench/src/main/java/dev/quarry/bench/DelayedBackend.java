package dev.quarry.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A language model's server without a model: it speaks chat completions, streamed, on a port of this machine, and begins
 * each reply after a known time, so that what comes on top of that time can be measured. Runs until it is ended.
 *
 * <p>Arguments: the port, the milliseconds to the first token; with {@code citing}, replies cite the first piece of code,
 * so that they are kept and served again.
 */
public final class DelayedBackend {
    private static final int TOKENS = 20;
    private static final String CITING = "citing";

    private DelayedBackend() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        boolean cites = arguments.length == 3 && arguments[2].equals(CITING);
        if (arguments.length != 2 && !cites) {
            System.err.println("usage: DelayedBackend PORT MILLIS [" + CITING + "]");
            System.exit(2);
        }
        // The first bytes leave at once; otherwise the system waits for more of them.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int port = Integer.parseInt(arguments[0]);
        long millis = Long.parseLong(arguments[1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", exchange -> reply(exchange, millis, cites));
        server.start();
    }

    private static void reply(HttpExchange exchange, long millis, boolean cites) throws IOException {
        try (exchange) {
            long read = exchange.getRequestBody().readAllBytes().length;
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            Thread.sleep(millis);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < TOKENS; i++) {
                write(out, "{\"index\":0,\"delta\":{\"content\":\"word" + i + " \"},\"finish_reason\":null}", "");
            }
            if (cites) {
                write(out, "{\"index\":0,\"delta\":{\"content\":\"[1]\"},\"finish_reason\":null}", "");
            }
            write(
                    out,
                    "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}",
                    ",\"usage\":{\"prompt_tokens\":" + read / 4 + ",\"completion_tokens\":" + TOKENS + "}");
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String choice, String more) throws IOException {
        String event = "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"delayed\","
                + "\"choices\":[" + choice + "]" + more + "}\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
