package dev.quarry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Saves edits in a repository that a server follows, one after another, and prints the percentiles of the time from the save
 * until the server answers with what the edit says.
 *
 * <p>The sources are changed, so that they should be a copy. The first edits are not counted: the first one of all has the
 * server analyse the repository whole.
 *
 * <p>Arguments: the server's address, the file with its token, the root of the repository, the number of edits, a seed,
 * which edits: {@code bodies} (as if nothing were said), {@code vectors} (bodies, seen once their vectors are) or {@code
 * signatures}, and the folder below the root whose files are edited, with {@code /} at its end.
 */
public final class EditLatency {
    private static final int WARM_UP = 10;
    private static final long PATIENCE_NANOS = 600_000_000_000L;
    private static final long PAUSE_MILLIS = 700;
    private static final String BODIES = "bodies";
    private static final String VECTORS = "vectors";
    private static final String SIGNATURES = "signatures";
    private static final List<String> KINDS = List.of(BODIES, VECTORS, SIGNATURES);

    /** An edit that is to be saved. */
    interface Edit {
        Path file();

        String text();

        /** Whether the server answers with it. */
        boolean isSeen() throws IOException;
    }

    /** Random edits of one kind, without end. */
    interface Edits {
        Edit next() throws IOException;
    }

    private EditLatency() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String kind = arguments.length > 5 ? arguments[5] : BODIES;
        if (arguments.length < 5 || arguments.length > 7 || !KINDS.contains(kind)) {
            System.err.println(
                    "usage: EditLatency ADDRESS TOKENFILE ROOT EDITS SEED [" + String.join("|", KINDS) + " [FOLDER/]]");
            System.exit(2);
        }
        ServerClient server = ServerClient.of(arguments[0], arguments[1]);
        Path root = Path.of(arguments[2]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[4]));
        String folder = arguments.length > 6 ? arguments[6] : "";
        Edits edits = switch (kind) {
            case SIGNATURES -> new SignatureEdits(server, root, folder, random);
            case VECTORS -> new VectorEdits(server, new BodyEdits(server, root, folder, random));
            default -> new BodyEdits(server, root, folder, random);
        };
        run(edits, Integer.parseInt(arguments[3]));
    }

    private static void run(Edits edits, int count) throws IOException, InterruptedException {
        double[] millis = new double[count];
        for (int i = -WARM_UP; i < count; i++) {
            double taken = save(edits.next());
            System.out.printf("# %d\t%.1f%n", i, taken);
            if (i >= 0) {
                millis[i] = taken;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        Percentiles of = new Percentiles(millis);
        System.out.println("edits\tp50_ms\tp90_ms\tp95_ms\tmax_ms");
        System.out.printf("%d\t%.1f\t%.1f\t%.1f\t%.1f%n", count, of.median(), of.at(90), of.at(95), of.most());
    }

    /** Milliseconds from the save until an answer has it. */
    private static double save(Edit edit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Files.writeString(edit.file(), edit.text());
        while (!edit.isSeen()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IOException("the server does not see the edit of " + edit.file());
            }
            Thread.sleep(5);
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
