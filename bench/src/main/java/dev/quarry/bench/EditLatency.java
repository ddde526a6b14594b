package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Saves edits of random methods' bodies in a repository that a server follows, one after another, and prints the percentiles
 * of the time from the save until the server answers with what the edit says: a call that is new in the method.
 *
 * <p>The sources are changed, so that they should be a copy. The first edits are not counted: the first one of all has the
 * server analyse the repository whole.
 *
 * <p>Arguments: the server's address, the file with its token, the root of the repository, the number of edits, a seed.
 */
public final class EditLatency {
    private static final int WARM_UP = 10;
    private static final int METHODS = 3_000;
    private static final int HEAD_LINES = 6;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long PAUSE_MILLIS = 700;

    private final ServerClient server;
    private final Path root;
    private final SplittableRandom random;

    /** A method, and where its declaration begins; lines count from 1. */
    private record Method(String id, String path, int line) {}

    private EditLatency(ServerClient server, Path root, long seed) {
        this.server = server;
        this.root = root;
        this.random = new SplittableRandom(seed);
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 5) {
            System.err.println("usage: EditLatency ADDRESS TOKENFILE ROOT EDITS SEED");
            System.exit(2);
        }
        ServerClient server = new ServerClient(
                arguments[0], Files.readString(Path.of(arguments[1])).strip());
        new EditLatency(server, Path.of(arguments[2]), Long.parseLong(arguments[4]))
                .run(Integer.parseInt(arguments[3]));
    }

    private void run(int edits) throws IOException, InterruptedException {
        List<Method> methods = methods();
        double[] millis = new double[edits];
        for (int i = -WARM_UP; i < edits; ) {
            double taken = edit(methods.remove(random.nextInt(methods.size())));
            if (taken >= 0) {
                System.out.printf("# %d\t%.1f%n", i, taken);
                if (i >= 0) {
                    millis[i] = taken;
                }
                i++;
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        Arrays.sort(millis);
        System.out.println("edits\tp50_ms\tp90_ms\tp95_ms\tmax_ms");
        System.out.printf(
                "%d\t%.1f\t%.1f\t%.1f\t%.1f%n",
                edits, millis[edits / 2], millis[edits * 9 / 10], millis[edits * 95 / 100], millis[edits - 1]);
    }

    private List<Method> methods() throws IOException {
        String script = "?[h, id, path, line] := *node{id, kind, file, line, version}, kind == 'METHOD',"
                + " *file{id: file, path}, h = version :order h :limit " + METHODS;
        List<Method> methods = new ArrayList<>();
        for (JsonNode row : server.query(script).get("rows")) {
            methods.add(new Method(
                    row.get(1).asText(), row.get(2).asText(), row.get(3).asInt()));
        }
        return methods;
    }

    /** The line at whose end the method's body begins; negative where that cannot be told. */
    private static int brace(List<String> lines, int start) {
        for (int i = start; i < Math.min(lines.size(), start + HEAD_LINES); i++) {
            String line = lines.get(i);
            if (line.contains(";") || line.contains(" new ") || line.contains("return ") || line.contains("->")) {
                return -1;
            }
            if (line.endsWith(") {")) {
                return i;
            }
        }
        return -1;
    }

    /** Milliseconds from the save until a query sees it; negative where the method has no body that can be edited. */
    private double edit(Method method) throws IOException, InterruptedException {
        Path file = root.resolve(method.path());
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int brace = brace(lines, method.line() - 1);
        if (brace < 0 || server.get("/v1/symbols/" + method.id()).contains("\"kind\":\"UNRESOLVED\"")) {
            return -1;
        }
        lines.add(brace + 1, "        Integer.reverseBytes(" + random.nextInt(1_000) + ");");
        String path = "/v1/symbols/" + method.id() + "/callees?limit=200";
        if (server.get(path).contains("reverseBytes")) {
            return -1;
        }
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        Files.write(file, text);
        while (!server.get(path).contains("reverseBytes")) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("the server does not see the edit of " + method);
            }
            Thread.sleep(5);
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
