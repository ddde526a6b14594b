package dev.quarry.tests;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.StoreVerification;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Damages copies of a store at random and verifies them, in a process of its own, which the damage may end: {@code STORE
 * SCRATCH SEED COUNT}. Tells for each trial what it does, and then on the same line how the verification ended.
 */
final class DamageTrials {
    private static final int BLOCK = 512;
    private static final int FLIPS_MAX = 8;

    private final Path scratch;
    private final SplittableRandom random;

    /** How a file is damaged. */
    private enum Damage {
        FLIP,
        OVERWRITE,
        CUT,
        DELETE
    }

    private DamageTrials(Path scratch, SplittableRandom random) {
        this.scratch = scratch;
        this.random = random;
    }

    public static void main(String[] arguments) throws IOException {
        Path store = Path.of(arguments[0]);
        Path scratch = Path.of(arguments[1]);
        List<String> expected = contents(store);
        PrintStream out = System.out;
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]) + i);
            Path copy = scratch.resolve("trial" + i);
            Place.copy(store, copy);
            out.print(new DamageTrials(copy, random).damage());
            out.flush();
            out.println(": " + verdict(copy, expected));
        }
    }

    private String damage() throws IOException {
        List<Path> files = files();
        Path file = files.get(random.nextInt(files.size()));
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        long size = Files.size(file);
        long at = size == 0 ? 0 : random.nextLong(size);
        switch (damage) {
            case FLIP -> {
                for (int i = random.nextInt(1, FLIPS_MAX); i > 0 && size > 0; i--) {
                    flip(file, random.nextLong(size));
                }
            }
            case OVERWRITE -> write(file, at, new byte[(int) Math.min(BLOCK, size - at)]);
            case CUT -> {
                try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(at);
                }
            }
            case DELETE -> Files.delete(file);
        }
        return damage + " " + scratch.relativize(file) + " of " + size + " at " + at;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(scratch)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        write(file, at, new byte[] {(byte) (bytes[(int) at] ^ (1 << random.nextInt(Byte.SIZE)))});
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(bytes);
        }
    }

    /** {@code reported}, {@code harmless} where all is there, or {@code UNNOTICED} where it is not and nothing was said. */
    private static String verdict(Path store, List<String> expected) {
        try {
            StoreVerification.Result result = StoreVerification.of(store);
            if (result.findings().violations() > 0 || !result.complete() || !result.current()) {
                return "reported";
            }
            return contents(store).equals(expected) ? "harmless" : "UNNOTICED";
        } catch (QuarryException refused) {
            return "reported as " + refused.code();
        } catch (RuntimeException defect) {
            return "UNHANDLED " + defect;
        }
    }

    /** All that questions are answered from. */
    private static List<String> contents(Path store) {
        List<String> lines = new ArrayList<>(StoreDump.withVectors(store));
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            lines.add("sequence " + graph.sequence());
            graph.files()
                    .values()
                    .forEach(file ->
                            lines.add("text " + graph.text(file.file().raw()).orElse("")));
        }
        TextDump.of(store, List.of("mutable", "left", "builder"))
                .forEach((word, found) -> lines.add(word + " " + found));
        return lines;
    }
}
