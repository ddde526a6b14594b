package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Measures a store of guava's size, made of random facts: {@code java … StoreBenchmark DIRECTORY [FILES PER DELTA]}.
 * Prints the time of the first write and of the same write again, each also as CPU time of all threads, and of the walk
 * to the direct callers of each of some symbols.
 */
final class StoreBenchmark {
    private static final int FILES = 600;
    private static final int METHODS = 40;
    private static final int CALLS = 7;

    private StoreBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : FILES;
        List<Node> targets = targets();
        SplittableRandom random = new SplittableRandom(1);
        List<FileFacts> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            files.add(Graphs.random(random, i, METHODS, CALLS, targets));
        }
        try (GraphStore store = GraphStore.open(directory, StoreOptions.DEFAULT)) {
            write("first write", store, files, batch);
            write("same again", store, files, batch);
            callers(store, targets);
            writeChanged(store, files.getFirst());
        }
        memory();
        long start = System.nanoTime();
        GraphStore.open(directory, StoreOptions.DEFAULT).close();
        print("open and close", start);
        start = System.nanoTime();
        GraphStore.open(directory, StoreOptions.DEFAULT).close();
        print("open and close again", start);
    }

    private static List<Node> targets() {
        List<Node> targets = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            String path = "src/main/java/com/example/p" + i % 40 + "/Type" + i + ".java";
            for (int m = 0; m < METHODS; m++) {
                targets.add(Graphs.largeMethod(path, "com.example.p" + i % 40 + ".Type" + i, m));
            }
        }
        return targets;
    }

    private static void write(String what, GraphStore store, List<FileFacts> files, int batch) {
        long start = System.nanoTime();
        long cpu = cpuNanos();
        int nodes = 0;
        int edges = 0;
        for (int from = 0; from < files.size(); from += batch) {
            WriteResult result = store.apply(Delta.ofFiles(files.subList(from, Math.min(files.size(), from + batch))));
            nodes += result.nodesPut();
            edges += result.edgesPut();
        }
        print(
                what + ": " + nodes + " nodes, " + edges + " edges, " + (cpuNanos() - cpu) / 1_000_000 + " ms of CPU",
                start);
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    private static void writeChanged(GraphStore store, FileFacts facts) {
        FileFacts fewer = new FileFacts(
                facts.file(),
                facts.text(),
                facts.nodes().subList(0, 20),
                facts.edges().subList(0, 20));
        long start = System.nanoTime();
        store.apply(new Delta(List.of(fewer), List.of(), null, null, Map.of()));
        print("one changed file", start);
    }

    private static void callers(GraphStore store, List<Node> targets) {
        Set<EdgeKind> calls = EnumSet.of(EdgeKind.CALLS);
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < targets.size(); i += 25) {
            ids.add(targets.get(i).id());
        }
        for (int round = 0; round < 3; round++) {
            long[] nanos = new long[ids.size()];
            long found = 0;
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                found += store.reach(ids.get(i), Direction.IN, calls, 1, 100)
                        .nodes()
                        .size();
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "callers: p50 %.3f ms, p99 %.3f ms, %d symbols, %d callers%n",
                    nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6, nanos.length, found);
        }
        long start = System.nanoTime();
        Reach deep = store.reach(ids.get(5), Direction.IN, calls, 3, 5000);
        print("callers to depth 3: " + deep.nodes().size(), start);
    }

    private static void memory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                    .forEach(System.out::println);
        }
    }

    private static void print(String what, long start) {
        System.out.printf("%s: %.0f ms%n", what, (System.nanoTime() - start) / 1e6);
    }
}
