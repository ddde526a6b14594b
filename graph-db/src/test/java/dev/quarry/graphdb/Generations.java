package dev.quarry.graphdb;

import dev.quarry.schema.FileFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A history that any process can replay: generation after generation of one store. Even ones only add, and so much that it
 * is written as a file; odd ones change and remove, through the log.
 */
final class Generations {
    private static final String KEY = "generation";
    private static final int FILES = 24;
    private static final int TEXT = 180_000;

    private Generations() {}

    /** The generation that a store has come to; empty for a new store. */
    static Optional<Integer> of(GraphStore store) {
        return store.meta(KEY).map(Integer::valueOf);
    }

    static WriteResult apply(GraphStore store, int generation) {
        return store.apply(delta(generation));
    }

    /** A store in memory that has come to this generation, or an empty one. */
    static GraphStore replay(Optional<Integer> generation) {
        GraphStore store = GraphStore.inMemory();
        for (int i = 0; i <= generation.orElse(-1); i++) {
            apply(store, i);
        }
        return store;
    }

    private static Delta delta(int generation) {
        Map<String, String> meta = Map.of(KEY, Integer.toString(generation));
        List<FileFacts> files = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        boolean isAddition = generation % 2 == 0;
        int set = isAddition ? generation : generation - 1;
        for (int i = 0; i < FILES; i++) {
            String path = "g" + set + "/T" + i + ".java";
            if (isAddition || i % 2 == 0) {
                files.add(Graphs.chain(path, "g" + set + ".T" + i, noise(generation, i), "a" + generation, "b", "c"));
            } else {
                removed.add(path);
            }
        }
        return new Delta(files, removed, null, null, meta);
    }

    /** Text that cannot be compressed much. */
    private static String noise(int generation, int number) {
        SplittableRandom random = new SplittableRandom(generation * 1000L + number);
        StringBuilder text = new StringBuilder(TEXT);
        while (text.length() < TEXT) {
            text.append((char) random.nextInt(' ', 127));
        }
        return text.toString();
    }
}
