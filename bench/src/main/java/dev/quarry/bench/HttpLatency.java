package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Asks a running server for the callers of random methods and for random questions, one request after another on one
 * connection, and prints the percentiles of the whole round trip. {@code /health} stands beside them as the price of HTTP
 * itself. The client blocks in the thread that measures: one with threads of its own would add their handovers, which cost
 * more than a request where the cores are few.
 *
 * <p>Arguments: the server's address, the file with its token, the number of requests of each sort, a seed.
 */
public final class HttpLatency {
    private static final int WARM_UP = 300;
    private static final int METHODS = 2_000;

    private final ServerClient server;
    private final SplittableRandom random;

    private HttpLatency(ServerClient server, long seed) {
        this.server = server;
        this.random = new SplittableRandom(seed);
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: HttpLatency ADDRESS TOKENFILE REQUESTS SEED");
            System.exit(2);
        }
        new HttpLatency(ServerClient.of(arguments[0], arguments[1]), Long.parseLong(arguments[3]))
                .run(Integer.parseInt(arguments[2]));
    }

    private void run(int requests) throws IOException {
        List<String[]> methods = methods();
        System.out.println("request\tp50_ms\tp90_ms\tp99_ms\trequests");
        time("health", requests, () -> server.get("/health"));
        time("callers", requests, () -> server.get("/v1/symbols/" + any(methods)[0] + "/callers"));
        time("search, words", requests, () -> server.post("/v1/search", Map.of("query", words(methods))));
        time("search, a name", requests, () -> server.post("/v1/search", Map.of("query", any(methods)[1])));
    }

    /** Ids and names of methods, spread over the whole store. */
    private List<String[]> methods() throws IOException {
        String script = "?[h, id, name] := *node{id, name, kind, version}, is_in(kind, ['METHOD']), h = version"
                + " :order h :limit " + METHODS;
        JsonNode reply = server.query(script);
        List<String[]> methods = new ArrayList<>();
        for (JsonNode row : reply.get("rows")) {
            methods.add(new String[] {row.get(1).asText(), row.get(2).asText()});
        }
        return methods;
    }

    private String[] any(List<String[]> methods) {
        return methods.get(random.nextInt(methods.size()));
    }

    /** A question made of the words of two methods' names. */
    private String words(List<String[]> methods) {
        String both = any(methods)[1] + " of " + any(methods)[1];
        return "how to " + both.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }

    private interface Call {
        String run() throws IOException;
    }

    private void time(String name, int requests, Call call) throws IOException {
        double[] millis = new double[requests];
        for (int i = -WARM_UP; i < requests; i++) {
            long start = System.nanoTime();
            call.run();
            double taken = (System.nanoTime() - start) / 1e6;
            if (i >= 0) {
                millis[i] = taken;
            }
        }
        Percentiles of = new Percentiles(millis);
        System.out.printf("%s\t%.2f\t%.2f\t%.2f\t%d%n", name, of.median(), of.at(90), of.at(99), requests);
    }
}
