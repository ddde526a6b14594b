package dev.quarry.graphdb;

import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the tests run in a process of its own: {@code hold|advance|load DIRECTORY}. Tells on its output what it does, a line
 * for each step, and waits on its input where it says so.
 */
final class StoreChild {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);

    private StoreChild() {}

    public static void main(String[] arguments) throws IOException {
        try {
            switch (arguments[0]) {
                case "hold" -> hold(Path.of(arguments[1]));
                case "advance" -> advance(Path.of(arguments[1]));
                case "load" -> load();
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (QuarryException e) {
            System.out.println("failed " + e.code() + " " + e.getMessage());
        }
    }

    /** Keeps a store open until its input ends. */
    private static void hold(Path directory) throws IOException {
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            System.out.println("open " + store.sequence());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Brings a store from generation to generation until it fails or is killed. */
    private static void advance(Path directory) {
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            int next = Generations.of(store).map(last -> last + 1).orElse(0);
            try {
                while (true) {
                    System.out.println("applying " + next);
                    Generations.apply(store, next);
                    next++;
                }
            } catch (QuarryException e) {
                System.out.println("failed " + e.code() + " at " + next + " after "
                        + Generations.of(store).orElse(-1) + ": " + e.getMessage());
            }
        }
    }

    private static void load() {
        try (GraphStore store = GraphStore.inMemory()) {
            System.out.println("loaded " + store.sequence());
        }
    }
}
